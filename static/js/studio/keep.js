/* What this phone keeps until the office has it: photographs and answers on their way, and drafts begun without signal.
   Each has an owner, a person at a firm; nobody else is shown it or sends it. */

const studio = (globalThis.studio ??= {});

let opened;

function database() {
  opened ??= new Promise((done, failed) => {
    const asked = indexedDB.open("sala-studio", 1);
    asked.onupgradeneeded = () => {
      const made = asked.result;
      made.createObjectStore("items", { keyPath: "number", autoIncrement: true }).createIndex("key", "key", { unique: true });
      made.createObjectStore("drafts", { keyPath: "key" });
      made.createObjectStore("facts", { keyPath: "key" });
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  return opened;
}

/* One transaction; resolves with what `act` asked for once everything is on the disk. */
async function within(store, mode, act) {
  const base = await database();
  return new Promise((done, failed) => {
    const step = base.transaction(store, mode, mode === "readwrite" ? { durability: "strict" } : undefined);
    const asked = act(step.objectStore(store));
    step.oncomplete = () => done(asked?.result);
    step.onabort = step.onerror = () => failed(step.error);
  });
}

function told(what) {
  dispatchEvent(new CustomEvent("studio-kept", { detail: what }));
}

studio.keep = {
  /* A name that no other phone makes; getRandomValues works without https, where randomUUID does not. */
  newKey() {
    return Array.from(crypto.getRandomValues(new Uint8Array(15)), (byte) => "0123456789abcdefghjkmnpqrstvwxyz"[byte & 31]).join("");
  },

  async add(item) {
    const kept = { key: studio.keep.newKey(), owner: await studio.keep.owner(), state: "waiting", at: Date.now(), ...item };
    kept.number = await within("items", "readwrite", (items) => items.add(kept));
    told(kept);
    return kept;
  },

  async change(item, changes) {
    Object.assign(item, changes);
    await within("items", "readwrite", (items) => items.put(item));
    told(item);
  },

  async remove(item) {
    await within("items", "readwrite", (items) => items.delete(item.number));
    told({ ...item, state: "gone" });
  },

  /* Everything of whoever is signed in, the oldest first. */
  async items() {
    const owner = await studio.keep.owner();
    const all = await within("items", "readonly", (items) => items.getAll());
    return owner ? all.filter((item) => item.owner === owner) : [];
  },

  async drafts() {
    const owner = await studio.keep.owner();
    const all = await within("drafts", "readonly", (drafts) => drafts.getAll());
    return owner ? all.filter((draft) => draft.owner === owner).sort((one, other) => other.at - one.at) : [];
  },

  async draft(key) {
    return (await studio.keep.drafts()).find((draft) => draft.key === key || draft.product === key);
  },

  async saveDraft(draft) {
    await within("drafts", "readwrite", (drafts) => drafts.put({ owner: draft.owner, at: Date.now(), ...draft }));
  },

  async forgetDraft(key) {
    await within("drafts", "readwrite", (drafts) => drafts.delete(key));
  },

  async fact(key) {
    return (await within("facts", "readonly", (facts) => facts.get(key)))?.value;
  },

  async note(key, value) {
    await within("facts", "readwrite", (facts) => facts.put({ key, value }));
  },

  /* Whose phone it is now: told by the last page that the site itself sent. */
  async owner() {
    return studio.owner ?? (await studio.keep.fact("owner")) ?? "";
  },
};

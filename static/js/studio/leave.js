/* Signing out: the page that opens without signal is forgotten with it. What was not sent stays for its owner alone, or
   is thrown away where that person says so. */

const OWNER = "owner";

function database() {
  return new Promise((done, failed) => {
    const asked = indexedDB.open("sala-studio", 1);
    /* Nothing was ever kept: leave none behind. */
    asked.onupgradeneeded = () => asked.transaction.abort();
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => done(null);
  });
}

function within(base, store, mode, act) {
  return new Promise((done) => {
    const step = base.transaction(store, mode);
    const asked = act(step.objectStore(store));
    step.oncomplete = () => done(asked?.result);
    step.onabort = () => done();
  });
}

async function forget(form) {
  await globalThis.caches?.delete("sala-studio");
  const base = globalThis.indexedDB && (await database());
  if (!base) return;
  const owner = (await within(base, "facts", "readonly", (facts) => facts.get(OWNER)))?.value;
  await within(base, "facts", "readwrite", (facts) => facts.delete(OWNER));
  const items = await within(base, "items", "readonly", (all) => all.getAll());
  const mine = items.filter((item) => item.owner === owner);
  if (mine.length && confirm(form.dataset.throwAway)) {
    await within(base, "items", "readwrite", (all) => mine.forEach((item) => all.delete(item.number)));
    const drafts = await within(base, "drafts", "readonly", (all) => all.getAll());
    await within(base, "drafts", "readwrite", (all) => drafts.filter((draft) => draft.owner === owner).forEach((draft) => all.delete(draft.key)));
  }
  base.close();
}

for (const form of document.querySelectorAll("form[data-leave]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await Promise.race([forget(form).catch(() => {}), new Promise((done) => setTimeout(done, 10_000))]);
    form.submit();
  });
}

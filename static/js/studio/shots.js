/* Photographs: shown at once, made small, kept, sent; each in the slot of its kind, with how far it has come. */

const studio = (globalThis.studio ??= {});

const { here, made, say } = studio;
const MOST_BYTES = 15 * 1024 * 1024;
const list = document.querySelector("[data-shots]");
const sprite = document.querySelector("svg use")?.getAttribute("href").split("#")[0];
const shown = new Map();

/* Where the photographs of this page go: a product that the site knows, or a draft of this phone's own. */
async function target() {
  if (list.dataset.product) return { product: list.dataset.product };
  if (!list.dataset.draft) list.dataset.draft = studio.keep.newKey();
  await studio.drafts?.begun(list.dataset.draft);
  return { draft: list.dataset.draft };
}

async function take(slot, file) {
  const early = { key: studio.keep.newKey(), type: "photo", kind: slot.dataset.shot, state: "waiting", photo: file, share: 0 };
  show(early, slot);
  const photo = await studio.shrink(file);
  if (photo.size > MOST_BYTES) {
    show({ ...early, state: "refused", isLoose: true, said: { words: say("too_large") } });
    return;
  }
  const { key, type, kind } = early;
  await studio.keep.add({ key, type, kind, photo, name: file.name, ...(await target()) });
  navigator.storage?.persist?.();
  studio.queue.run();
}

/* The tile of a photograph: a slot of the page that is still empty, else one more behind them. */
function tileOf(item, slot) {
  if (shown.has(item.key)) return shown.get(item.key);
  const place = slot ?? list.querySelector(`[data-shot="${item.kind}"]`) ?? list.querySelector("[data-shot]");
  const isFree = place && !place.hasAttribute("data-taken");
  const tile = isFree ? place : made("li", { className: "shot" });
  if (isFree) place.setAttribute("data-taken", "");
  else (place ?? list.lastElementChild).after(tile);
  for (const child of tile.children) child.hidden = true;
  tile.image = made("img", { alt: "", src: URL.createObjectURL(item.photo) });
  tile.image.addEventListener("error", () => tile.image.replaceWith((tile.image = made("div", { className: "shot-none" }))));
  tile.badge = made("span", { className: "status num badge" });
  tile.words = made("p");
  tile.words.setAttribute("aria-live", "polite");
  tile.name = place?.dataset.label ?? "";
  tile.append(tile.image, tile.badge, tile.words);
  shown.set(item.key, tile);
  return tile;
}

const STATES = {
  sending: { tile: "shot shot-up", badge: "status-info", words: "goes_on" },
  waiting: { tile: "shot shot-hold", badge: "status-wait", words: "when_signal" },
  refused: { tile: "shot shot-hold", badge: "status-new" },
  sent: { tile: "shot", badge: "status-ok" },
};

const BADGES = { sending: "percent", waiting: "kept", refused: "not_taken", sent: "sent" };

function show(item, slot) {
  const tile = tileOf(item, slot);
  const state = item.state === "waiting" && item.share !== undefined ? "sending" : item.state;
  const { tile: classes, badge, words } = STATES[state];
  const percent = Math.round((item.share ?? 0) * 100);
  tile.className = classes;
  tile.dataset.state = state;
  tile.badge.className = `status num badge ${badge}`;
  tile.badge.replaceChildren(...(state === "sent" ? [icon("check")] : []), say(BADGES[state], { share: percent }));
  const said = item.said?.words ?? (words ? say(words) : size(item.photo));
  tile.words.replaceChildren(made("b", {}, tile.name));
  if (state === "sending") tile.words.append(meter(percent));
  tile.words.append(made("small", { className: "num" }, said));
  if (state === "refused" && !item.isLoose) tile.words.append(button("again", () => again(item)));
  if (state === "refused" || state === "waiting") tile.words.append(button("take_out", () => takeOut(item, tile)));
}

function size(photo) {
  return `${Math.max(1, Math.round(photo.size / 1024))}\u00a0KB`;
}

function drawn(name, given, ...inside) {
  const part = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(given)) part.setAttribute(key, value);
  part.append(...inside);
  return part;
}

function meter(percent) {
  const parts = [drawn("rect", { class: "meter-all", width: "100%", height: 10 }), drawn("rect", { class: "meter-going", width: `${percent}%`, height: 10 })];
  return drawn("svg", { class: "meter", role: "img", "aria-label": say("percent_sent", { share: percent }) }, ...parts);
}

function icon(name) {
  return drawn("svg", { class: "i", "aria-hidden": "true", focusable: "false" }, drawn("use", { href: `${sprite}#${name}` }));
}

function button(name, act) {
  const pressed = made("button", { type: "button", className: "link-button" }, say(name));
  pressed.addEventListener("click", act);
  return pressed;
}

async function again(item) {
  await studio.keep.change(item, { state: "waiting", said: undefined });
  studio.queue.run();
}

async function takeOut(item, tile) {
  if (!confirm(say("really_take_out"))) return;
  if (!item.isLoose) await studio.keep.remove(item);
  shown.delete(item.key);
  for (const part of [tile.image, tile.badge, tile.words]) part.remove();
  if (!tile.hasAttribute("data-taken")) return tile.remove();
  tile.removeAttribute("data-taken");
  tile.className = "shot";
  for (const child of tile.children) child.hidden = false;
}

async function showKept() {
  const { product, draft } = list.dataset;
  const isOfThis = (item) => item.type === "photo" && ((product && item.product === product) || (draft && item.draft === draft));
  for (const item of (await studio.keep.items()).filter(isOfThis)) show(item);
}

studio.shots = {
  /* Open the slots for a product or draft: on the page that works without signal they change hands. */
  async open(place) {
    Object.assign(list.dataset, { product: place.product ?? "", draft: place.draft ?? "" });
    await showKept();
  },
};

/* On from the photographs: they follow by themselves, so nothing is sent with the form. */
function goOn(event) {
  if (list.dataset.product || event.submitter?.name !== "next" || !list.dataset.draft) return;
  event.preventDefault();
  event.stopPropagation();
  location.assign(`${here.dataset.begin}/questions/${here.dataset.first}?draft_key=${list.dataset.draft}`);
}

function chosen(event) {
  const field = event.target;
  if (field.type !== "file" || !field.files.length) return;
  const slot = field.closest("[data-shots] [data-shot]");
  if (!slot) return;
  event.stopImmediatePropagation();
  const files = [...field.files];
  field.value = "";
  for (const file of files) take(slot, file);
}

if (here && globalThis.indexedDB) {
  studio.show = (item) => {
    if (shown.has(item.key)) show(item);
  };
  document.addEventListener("change", chosen, { capture: true });
  addEventListener("studio-kept", ({ detail: item }) => item.state !== "gone" && studio.show(item));
  addEventListener("studio-arrived", ({ detail: { item } }) => item.type === "photo" && studio.show({ ...item, state: "sent" }));
  if (list && !studio.isOffline) {
    list.closest("form")?.addEventListener("submit", goOn);
    showKept();
  }
}

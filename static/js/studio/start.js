/* The beginning: who is here, what still waits, and the page that opens without signal. */

const studio = (globalThis.studio ??= {});

const { here, say, made } = studio;

async function sayWhatWaits() {
  const items = await studio.keep.items();
  const line = document.getElementById("phone-line");
  line.hidden = items.length === 0;
  const refused = items.filter((item) => item.state === "refused").length;
  const waiting = items.length - refused;
  const parts = [];
  if (waiting) parts.push(say(waiting === 1 ? "one_waits" : "several_wait", { number: waiting }));
  if (refused) parts.push(say(refused === 1 ? "one_refused" : "several_refused", { number: refused }));
  line.replaceChildren(...parts.map((words) => made("p", {}, words)));
  if (refused && !studio.isOffline) line.append(made("a", { href: here.dataset.kept }, say("look_at_them")));
}

async function begin() {
  if (studio.owner) await studio.keep.note("owner", studio.owner);
  await studio.drafts.open?.();
  await studio.settle();
  await sayWhatWaits();
  addEventListener("studio-kept", sayWhatWaits);
  addEventListener("studio-arrived", sayWhatWaits);
  addEventListener("studio-stopped", ({ detail }) => detail.kind === "away" && saySignIn());
  await studio.queue.run();
}

function saySignIn() {
  const line = document.getElementById("phone-line");
  line.hidden = false;
  line.replaceChildren(made("p", {}, say("sign_in_first")), made("a", { href: "/sign-in?next=/studio/" }, say("sign_in")));
}

async function installWorker() {
  const held = await navigator.serviceWorker?.register(here.dataset.worker, { scope: "/studio/" });
  if (!held || studio.isOffline) return;
  const { active } = await navigator.serviceWorker.ready;
  active.postMessage({ keep: here.dataset.mark });
}

if (here && globalThis.indexedDB) {
  begin();
  if (document.readyState === "complete") installWorker();
  else addEventListener("load", installWorker);
}

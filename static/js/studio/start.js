/* The beginning: who is here, what still waits, and the page that opens without signal. */

const studio = (globalThis.studio ??= {});

const { here, say, made } = studio;

let isStopped = false;

/* One thing or several, in words: on their way while there is signal, else kept. */
function words(number) {
  if (isStopped || !navigator.onLine) return say(number === 1 ? "one_waits" : "several_wait", { number });
  return say(number === 1 ? "one_goes" : "several_go", { number });
}

async function sayWhatWaits() {
  const items = await studio.keep.items();
  const line = document.getElementById("phone-line");
  const refused = items.filter((item) => item.state === "refused").length;
  const waiting = items.filter((item) => item.state !== "refused" && !items.some((other) => studio.queue.holds(other, item))).length;
  line.hidden = !waiting && !refused;
  line.classList.toggle("phone-line-calm", !refused && !isStopped && navigator.onLine);
  const parts = [];
  if (waiting) parts.push(words(waiting));
  if (refused) parts.push(say(refused === 1 ? "one_refused" : "several_refused", { number: refused }));
  line.replaceChildren(...parts.map((words) => made("p", {}, words)));
  if (refused && !studio.isOffline) line.append(made("a", { href: here.dataset.kept }, say("look_at_them")));
}

function sayHow(stopped) {
  isStopped = stopped;
  return sayWhatWaits();
}

async function begin() {
  if (studio.owner) await studio.keep.note("owner", studio.owner);
  await studio.drafts.open?.();
  await studio.settle();
  await sayWhatWaits();
  addEventListener("studio-kept", sayWhatWaits);
  addEventListener("studio-arrived", () => sayHow(false));
  addEventListener("studio-stopped", ({ detail }) => (detail.kind === "away" ? saySignIn() : sayHow(true)));
  addEventListener("online", sayWhatWaits);
  addEventListener("offline", sayWhatWaits);
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

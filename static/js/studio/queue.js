/* The queue: what waits is sent as soon as there is signal, in order, by one window at a time. */

const studio = (globalThis.studio ??= {});

const FIRST_WAIT_MS = 2000;
const LONGEST_WAIT_MS = 60_000;
const MUCH_WAIT_MS = 15 * 60_000;
/* Answers are small and wait for no photograph; sending to the office comes after all else of its product. */
const ORDER = { offer: 0, answer: 0, photo: 1, send: 2 };

let wait = FIRST_WAIT_MS;
let timer;
let isRunning = false;

studio.queue = {
  /* Send what waits now; called whenever something new waits, or signal may be back. */
  async run() {
    clearTimeout(timer);
    if (isRunning) return;
    isRunning = true;
    try {
      await alone(drain);
    } finally {
      isRunning = false;
    }
  },

  /* Whether one thing waits until a person has looked at the other. */
  holds(other, item) {
    return item.type === "send" && other.state === "refused" && isBefore(other, item);
  },

  soon(ms = 0) {
    clearTimeout(timer);
    timer = setTimeout(studio.queue.run, ms);
  },
};

/* Two windows of the studio never send side by side. */
function alone(act) {
  return navigator.locks ? navigator.locks.request("sala-studio", { ifAvailable: true }, (lock) => lock ? act() : studio.queue.soon(5000)) : act();
}

async function drain() {
  for (let item = await next(); item; item = await next()) {
    try {
      await sent(item);
      wait = FIRST_WAIT_MS;
    } catch (problem) {
      if (!(problem instanceof studio.NotSent)) throw problem;
      if (!(await isSetAside(item, problem))) return;
    }
  }
}

async function next() {
  const waiting = (await studio.keep.items()).filter((item) => item.state === "waiting");
  const all = await studio.keep.items();
  const free = waiting.filter((item) => item.type !== "send" || !all.some((other) => isBefore(other, item)));
  return free.sort((one, other) => ORDER[one.type] - ORDER[other.type] || one.number - other.number)[0];
}

/* A photograph that was refused holds nothing up: sent again it is refused again, and the office can ask for another. */
function isBefore(other, send) {
  return other.type !== "send" && !(other.type === "photo" && other.state === "refused") && ofOne(other, send);
}

function ofOne(one, other) {
  return (one.product && one.product === other.product) || (one.draft && one.draft === other.draft);
}

async function sent(item) {
  if (item.type === "photo") {
    const said = await studio.sendPhoto(item, (share) => studio.show?.({ ...item, share }));
    await studio.keep.remove(item);
    arrived(item, { ...said, state: "sent" });
  } else {
    const said = await studio.sendForm(item);
    await studio.keep.remove(item);
    arrived(item, { ...said, state: "sent" });
  }
}

function arrived(item, said) {
  if (item.draft && said.product) studio.keep.note(`product of ${item.draft}`, said.product);
  dispatchEvent(new CustomEvent("studio-arrived", { detail: { item, said } }));
}

/* Whether the queue may go on with the next thing. What is refused stays here until a person looked at it. */
async function isSetAside(item, { kind, said }) {
  if (kind === "refused" || kind === "gone") {
    await studio.keep.change(item, { state: "refused", said });
    return true;
  }
  studio.show?.({ ...item, share: undefined });
  dispatchEvent(new CustomEvent("studio-stopped", { detail: { kind, said } }));
  if (kind === "away") return false;
  studio.queue.soon(kind === "much" ? MUCH_WAIT_MS : wait * (0.8 + 0.4 * Math.random()));
  wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  return false;
}

addEventListener("online", () => {
  wait = FIRST_WAIT_MS;
  studio.queue.soon();
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) studio.queue.soon();
});

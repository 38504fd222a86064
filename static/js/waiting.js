/* Something that the worker does now: looks now and then whether the page has changed, and shows it then. */

const waiting = document.querySelector("[data-waiting]");
const MOST_LOOKS = 400;

async function look(looks) {
  try {
    const answer = await fetch(waiting.dataset.waiting, { cache: "no-store" });
    if (answer.redirected || !(await answer.text()).includes("data-waiting")) return location.replace(answer.url);
  } catch {
    /* A link that comes and goes: look again. */
  }
  if (looks < MOST_LOOKS) setTimeout(look, looks < 10 ? 1000 : 3000, looks + 1);
}

setTimeout(look, 800, 1);

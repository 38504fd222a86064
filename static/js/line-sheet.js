/* A line sheet on its way: looks now and then how far it is, and opens it once it is ready. */

const words = document.querySelector("[data-making]");
const bar = document.querySelector(".making-bar");
const open = document.querySelector("[data-open]");
const MOST_LOOKS = 600;

async function look(looks) {
  let wait = 4000;
  try {
    const answer = await fetch(words.dataset.making, { cache: "no-store" });
    if (answer.status === 404) return location.reload();
    if (answer.ok) {
      const state = await answer.json();
      if (words.textContent !== state.words) words.textContent = state.words;
      bar.max = Math.max(state.of, 1);
      bar.value = state.done;
      wait = state.wait;
      if (state.stage === "ready") return show();
      if (state.stage === "failed") return location.reload();
    }
  } catch {
    /* A link that comes and goes: look again. */
  }
  if (looks < MOST_LOOKS) setTimeout(look, wait, looks + 1);
}

function show() {
  open.textContent = open.dataset.words;
  location.replace(words.dataset.ready);
}

setTimeout(look, Number(words.dataset.wait), 1);

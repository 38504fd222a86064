/* One question: a number is read back while it is typed, and every answer is kept by itself. Without this the page works
   by its buttons alone. */

import { read } from "./studio-numbers.js";
import { given, show } from "./studio-reading.js";

const QUIET_MS = 900;
const form = document.getElementById("question");
const go = form.querySelector("[data-go]");
const line = form.querySelector("[data-kept-line]");

function readBack(field) {
  const { number } = show(field);
  note("seen", field.name, number ? field.value : "");
  go.textContent = number ? go.dataset.yes : go.dataset.on;
}

/* A hidden field of the form, one of its kind: `seen-office_price`. */
function note(kind, name, value) {
  let field = form.elements.namedItem(`${kind}-${name}`);
  if (field instanceof RadioNodeList) field = field[0];
  if (!field) {
    field = Object.assign(document.createElement("input"), { type: "hidden", name: `${kind}-${name}` });
    form.append(field);
  }
  field.value = value;
}

/* -- keeping -- */

const kept = new Map();
let timer;
let isKeeping = false;

function said() {
  const now = new Map();
  for (const field of form.elements) {
    if (field.type === "hidden" || field.tagName !== "INPUT" || !field.name) continue;
    if (field.type === "radio" && !field.checked) continue;
    if (field.value.trim()) now.set(field.name, field.value);
  }
  return now;
}

const isChanged = () => [...said()].some(([name, value]) => kept.get(name) !== value);

/* Whatever is sent becomes one more thing that may stand there later: an answer whose receipt was lost is no stranger's. */
function addBases(now) {
  for (const [name, value] of now) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: `base-${name}`, value }));
  }
}

async function keep() {
  if (isKeeping || !isChanged()) return;
  isKeeping = true;
  const now = said();
  const body = new FormData(form);
  if (form.dataset.product) body.set("product", form.dataset.product);
  if (form.dataset.product) body.delete("draft_key");
  addBases(now);
  try {
    tell(await fetch(form.dataset.keep, { method: "POST", body, credentials: "same-origin" }), now);
  } catch {
    say(form.dataset.unkept);
  } finally {
    isKeeping = false;
    if (isChanged() && navigator.onLine) soon();
  }
}

async function tell(answer, now) {
  if (answer.status === 409) return say(form.dataset.changed);
  if (!answer.ok) return say(form.dataset.unkept);
  for (const [name, value] of now) kept.set(name, value);
  const { product } = await answer.json();
  if (product) form.dataset.product ||= product;
  const clock = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Vientiane" });
  return say(given(form.dataset.kept, { time: clock }));
}

function say(words) {
  line.hidden = false;
  line.querySelector("span").textContent = words;
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(keep, QUIET_MS);
}

for (const [name, value] of said()) kept.set(name, value);
for (const field of form.querySelectorAll("[data-number]")) {
  if (read(field.value).number) readBack(field);
}
form.addEventListener("input", ({ target }) => {
  if (target.dataset.number) readBack(target);
  soon();
});
form.addEventListener("submit", () => clearTimeout(timer));

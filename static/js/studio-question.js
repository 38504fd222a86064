/* One question: a number is read back while it is typed, and every answer is kept by itself. Without this the page works
   by its buttons alone. */

import { inWords, instead, read, unmistakable, withUnit } from "./studio-numbers.js";

const QUIET_MS = 900;
const form = document.getElementById("question");
const language = document.documentElement.lang;
const go = form.querySelector("[data-go]");
const line = form.querySelector("[data-kept-line]");
const given = (words, values) => words.replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");

/* -- reading back -- */

function button(number, unit, field) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "button button-plain button-wide num" });
  made.textContent = withUnit(number, unit, language);
  made.addEventListener("click", () => {
    field.value = unmistakable(number);
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  return made;
}

function readBack(field) {
  const { number: kind, unit } = field.dataset;
  const { number, readings } = read(field.value);
  showEcho(field.name, number, unit);
  const more = number && kind === "kip" ? instead(number) : [];
  fill(form.querySelector(`[data-instead="${field.name}"]`), more.map((each) => button(each, unit, field)));
  sayUnclear(field, readings, unit);
  note("seen", field.name, number ? field.value : "");
  go.textContent = number ? go.dataset.yes : go.dataset.on;
}

function showEcho(name, number, unit) {
  const echo = form.querySelector(`[data-echo="${name}"]`);
  echo.hidden = number === undefined;
  if (number === undefined) return;
  echo.querySelector("b").textContent = withUnit(number, unit, language);
  echo.querySelector("[data-words]").textContent = inWords(number, unit, language);
}

/* The two things that "1.250" may mean, over the field, as the site's own page says them. */
function sayUnclear(field, readings, unit) {
  const place = field.closest("[data-asked]");
  for (const old of place.querySelectorAll(".readings, .field-error")) old.remove();
  place.classList.toggle("field-wrong", Boolean(readings));
  field.toggleAttribute("aria-invalid", Boolean(readings));
  if (!readings) return;
  const [small, large] = readings.map((each) => withUnit(each, unit, language));
  const words = Object.assign(document.createElement("p"), { className: "field-error", id: `${field.id}-error` });
  words.setAttribute("role", "alert");
  words.textContent = given(form.dataset.unclear, { typed: field.value, small, large });
  const choices = Object.assign(document.createElement("div"), { className: "readings" });
  choices.append(...readings.map((each) => button(each, unit, field)));
  place.prepend(words, choices);
}

function fill(place, buttons) {
  place.hidden = buttons.length === 0;
  for (const old of place.querySelectorAll("button")) old.remove();
  place.append(...buttons);
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

/* A number read back while it is typed: in figures and words, what else it may mean, and what was meant by too little. The
   form says in `data-unclear` how two readings are told, and may say in `data-no-number` that there is none. */

import { inWords, instead, read, unmistakable, withUnit } from "./studio-numbers.js";

const language = document.documentElement.lang;

export const given = (words, values) => words.replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");

/* Show a field's number; what was read. */
export function show(field) {
  const { number: kind, unit } = field.dataset;
  const { number, readings } = read(field.value);
  showEcho(field, number);
  const more = number && kind === "kip" ? instead(number) : [];
  fill(field.form.querySelector(`[data-instead="${field.name}"]`), more.map((each) => button(each, unit, field)));
  sayUnclear(field, readings);
  return { number, readings };
}

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

function showEcho(field, number) {
  const echo = field.form.querySelector(`[data-echo="${field.name}"]`);
  echo.hidden = number === undefined;
  if (number === undefined) return;
  echo.querySelector("b").textContent = withUnit(number, field.dataset.unit, language);
  echo.querySelector("[data-words]").textContent = inWords(number, field.dataset.unit, language);
}

/* The two things that "1.250" may mean, over the field, as the site's own page says them. */
function sayUnclear(field, readings) {
  clear(field);
  if (!readings) return;
  const { unit } = field.dataset;
  const [small, large] = readings.map((each) => withUnit(each, unit, language));
  const choices = Object.assign(document.createElement("div"), { className: "readings" });
  choices.append(...readings.map((each) => button(each, unit, field)));
  sayWrong(field, given(field.form.dataset.unclear, { typed: field.value, small, large }), choices);
}

function clear(field) {
  const place = field.closest("[data-asked]");
  for (const old of place.querySelectorAll(".readings, .field-error")) old.remove();
  place.classList.remove("field-wrong");
  field.removeAttribute("aria-invalid");
}

/* A sentence over the field, read out at once. */
function sayWrong(field, sentence, ...more) {
  const words = Object.assign(document.createElement("p"), { className: "field-error", id: `${field.id}-error` });
  words.setAttribute("role", "alert");
  words.textContent = sentence;
  const place = field.closest("[data-asked]");
  place.classList.add("field-wrong");
  field.setAttribute("aria-invalid", "true");
  place.prepend(words, ...more);
}

/* Whether what was typed is one number, or nothing; what is neither is said over its field. */
export function isPlain(field) {
  const { number, readings } = show(field);
  if (number !== undefined || !field.value.trim()) return true;
  if (!readings) sayWrong(field, field.form.dataset.noNumber);
  field.focus();
  return false;
}

function fill(place, buttons) {
  place.hidden = buttons.length === 0;
  for (const old of place.querySelectorAll("button")) old.remove();
  place.append(...buttons);
}

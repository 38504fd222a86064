/* An answer to a call: the number and the days are read back while they are typed, so that the site need not ask again. */

import { inWords, read, withUnit } from "./studio-numbers.js";

const form = document.getElementById("offer");
const echo = document.getElementById("offer-echo");
const late = document.getElementById("offer-late");
const language = document.documentElement.lang;

/* A whole number above one, "1.250" with them; where it is one, the site's own page says it in the right words. */
function several(text) {
  const { number: plain, readings } = read(text);
  const number = Number(plain ?? readings?.[1]);
  return Number.isInteger(number) && number > 1 ? number : undefined;
}

function readBack() {
  const { wanted, unit, together, given } = form.dataset;
  const answer = form.elements.answer.value;
  const quantity = answer === "part" ? several(form.elements.quantity.value) : Number(wanted);
  const days = several(form.elements.days.value);
  const isKnown = ["all", "part"].includes(answer) && quantity > 1 && quantity <= Number(wanted) && days !== undefined;
  const isLate = isKnown && given !== undefined && days > Number(given);
  echo.hidden = !isKnown;
  late.hidden = !isLate;
  form.elements.seen.value = isKnown ? `${answer}/${quantity}/${days}${isLate ? "/late" : ""}` : "";
  if (!isKnown) return;
  echo.querySelector("b").textContent = together.replace("{quantity}", withUnit(String(quantity), unit, language)).replace("{days}", String(days));
  echo.querySelector("[data-words]").textContent = inWords(String(quantity), unit, language);
}

form.addEventListener("input", readBack);
readBack();

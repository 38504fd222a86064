/* The translator's page: letters are counted, a glossary word goes into the text by a press, and Ctrl + Enter saves and
   opens the next product, where the first text that waits can be written at once. Without this script the buttons do the same. */

const form = document.querySelector("[data-translate]");

/* Letters as a reader counts them: a Lao vowel or tone sign over a letter is none of its own. */
const letters = (text) => [...text.trim()].filter((sign) => !/[\p{Mn}\p{Me}\p{Cf}]/u.test(sign)).length;

for (const field of form?.querySelectorAll("[data-longest]") ?? []) {
  const count = field.closest(".translate-target").querySelector("[data-count]");
  const show = () => {
    const now = letters(field.value);
    count.textContent = `${now} ·`;
    count.toggleAttribute("data-over", now > Number(field.dataset.longest));
  };
  count.hidden = false;
  field.addEventListener("input", show);
  show();
}

for (const word of form?.querySelectorAll("[data-term]") ?? []) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = word.dataset.term;
  button.addEventListener("click", () => {
    const field = document.getElementById(word.dataset.into);
    field.setRangeText(word.dataset.term, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
  word.replaceChildren(button);
}

/* Whoever comes without a place in the address writes at once; a problem above the form is read first. */
const waits = form?.querySelector("[data-waits] [data-longest]");
if (waits && !location.hash && !document.querySelector("[data-focus]") && matchMedia("(pointer: fine)").matches) {
  waits.focus({ preventScroll: true });
}

addEventListener("keydown", (event) => {
  if (!form || !(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing || event.repeat) return;
  const then = event.key === "Enter" ? "next" : event.key === "s" ? "stay" : null;
  if (!then) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector(`button[name=then][value=${then}]`));
});

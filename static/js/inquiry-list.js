/* The inquiry list keeps itself: what is changed is sent at once, and what the server says of it is shown beside the field.
   Without this the button "Keep the changes" does the same. */

const form = document.querySelector("form[data-keep]");
let turn = 0;

form?.addEventListener("change", (event) => keep(event.target));

async function keep(field) {
  const mine = ++turn;
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin" });
    if (mine !== turn || (!answer.ok && answer.status !== 422)) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.querySelector("form[data-keep]")) return;
    showWords(field, page);
    swap("sums", page);
    const said = form.querySelector("[data-kept]");
    said.textContent = answer.ok ? said.dataset.kept : "";
    dispatchEvent(new Event("list-changed"));
  } catch {
    /* Not reachable now: the button still sends everything. */
  }
}

/* The hint or error of the field that was changed. The field itself stays: somebody may be writing in it again. */
function showWords(field, page) {
  const here = field.closest("[data-field]");
  const there = here && page.querySelector(`[data-field="${CSS.escape(here.dataset.field)}"]`);
  if (!there) return;
  for (const old of here.querySelectorAll(".field-hint, .field-error")) old.remove();
  here.className = there.className;
  for (const words of there.querySelectorAll(".field-hint, .field-error")) here.append(document.adoptNode(words));
  const named = there.querySelector("input, select");
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (named?.hasAttribute(name)) field.setAttribute(name, named.getAttribute(name));
    else field.removeAttribute(name);
  }
}

function swap(id, page) {
  const [old, fresh] = [document.getElementById(id), page.getElementById(id)];
  if (old && fresh) old.replaceWith(document.adoptNode(fresh));
}

/* One more, one less, beside each quantity in figures of either script. */
const LAO = "໐໑໒໓໔໕໖໗໘໙";

for (const field of form?.querySelectorAll("input[data-step]") ?? []) {
  const words = field.closest("[data-more]")?.dataset;
  if (!words) continue;
  const row = document.createElement("span");
  row.className = "stepper";
  field.replaceWith(row);
  row.append(step(field, -1, words.less), field, step(field, 1, words.more));
}

function step(field, by, label) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "stepper-button";
  button.textContent = by < 0 ? "−" : "+";
  button.setAttribute("aria-label", `${label}: ${field.closest(".line").querySelector("h3").textContent.trim()}`);
  button.addEventListener("click", () => {
    const typed = field.value.trim().replace(/[໐-໙]/g, (digit) => LAO.indexOf(digit));
    if (!/^\d*$/.test(typed)) return field.focus();
    field.value = Math.max(1, Number(typed) + by);
    clearTimeout(button.waiting);
    button.waiting = setTimeout(() => keep(field), 600);
  });
  return button;
}

for (const field of document.querySelectorAll("input[data-select]")) field.addEventListener("focus", () => field.select());

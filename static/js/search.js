/* Suggestions while one types into a search box: a combobox with a listbox, as WAI-ARIA describes it. The box stays a plain
   form: Enter without a choice searches, and where this does not run nothing is missing. */

const WAIT = 160;
const SHORTEST = 2;
const REMEMBERED = 60;

for (const form of document.querySelectorAll("form.search[role=search]")) complete(form, form.querySelector("input[name=q]"));

function complete(form, input) {
  const place = new URL(form.action);
  place.pathname = place.pathname.replace(/(products)?$/, "suggestions");
  const list = element("div", { role: "listbox", id: `${input.id}-suggestions`, class: "suggestions", hidden: "" });
  list.setAttribute("aria-label", form.querySelector("label").textContent);
  const spoken = element("p", { role: "status", class: "visually-hidden" });
  const known = new Map();
  let options = [];
  let active = -1;
  let timer = 0;
  let asking = null;

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  form.append(list, spoken);
  close();

  input.addEventListener("input", (event) => {
    clearTimeout(timer);
    asking?.abort();
    const typed = input.value.trimStart();
    if (typed.trim().length < SHORTEST || event.isComposing) close();
    else timer = setTimeout(ask, WAIT, typed);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!options.length) return;
      event.preventDefault();
      if (list.hidden) open();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && active >= 0 && !list.hidden) {
      event.preventDefault();
      go(options[active]);
    }
  });
  input.addEventListener("blur", () => {
    clearTimeout(timer);
    asking?.abort();
    close();
  });
  form.addEventListener("submit", () => close());
  /* The box keeps the focus while a finger or mouse presses on a suggestion. */
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) go(option);
  });

  async function ask(typed) {
    asking = new AbortController();
    try {
      if (!known.has(typed)) {
        place.search = new URLSearchParams({ q: typed });
        const answer = await fetch(place, { signal: asking.signal, credentials: "same-origin" });
        if (!answer.ok) throw new Error(String(answer.status));
        if (known.size >= REMEMBERED) known.clear();
        known.set(typed, await answer.json());
      }
      if (document.activeElement === input) show(known.get(typed));
    } catch (problem) {
      if (problem.name !== "AbortError") close();
    }
  }

  function show(found) {
    active = -1;
    input.removeAttribute("aria-activedescendant");
    list.replaceChildren(...found.groups.map(group));
    options = [...list.querySelectorAll("[role=option]")];
    options.forEach((option, number) => (option.id = `${list.id}-${number}`));
    spoken.textContent = found.says;
    if (options.length) open();
    else close();
  }

  function group({ title, options: rows }, number) {
    const heading = element("li", { role: "presentation", class: "suggestions-title", id: `${list.id}-title-${number}` }, title);
    const block = element("ul", { role: "group", "aria-labelledby": heading.id }, heading);
    for (const row of rows) {
      const option = element("li", { role: "option", "aria-selected": "false", "data-href": row.href });
      option.append(element("span", { lang: row.lang }, row.words));
      if (row.note) option.append(" ", element("small", { class: "num" }, row.note));
      block.append(option);
    }
    return block;
  }

  function move(by) {
    options[active]?.setAttribute("aria-selected", "false");
    active += by;
    if (active >= options.length) active = -1;
    if (active < -1) active = options.length - 1;
    const option = options[active];
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  }

  function open() {
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
  }

  function close() {
    list.hidden = true;
    options[active]?.setAttribute("aria-selected", "false");
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function go(option) {
    const href = option.dataset.href;
    close();
    if (href.startsWith("/") && !href.startsWith("//")) location.assign(href);
  }
}

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

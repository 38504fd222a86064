/* Single keys at the desk, for whoever has them on (body[data-single-keys]): off while one types, and with Ctrl, Alt or Meta.

   j k     the next and the one before in a list ([data-row], by its first link)
   Enter   opens it: the link has the focus
   /       the search box;  ?  what the keys do
   others  press or enter what says data-key="r": on the page itself, or in the row that was reached; where the row has
           none, its page opens and does it there (#key-r) */

if ("singleKeys" in document.body.dataset) {
  document.body.classList.add("keys-on");
  const rows = [...document.querySelectorAll("[data-row]")];
  const help = document.querySelector("dialog.keyboard");
  const shown = (element) => element.getClientRects().length > 0;
  const linkOf = (row) => row?.querySelector("a");
  const current = () => document.activeElement?.closest?.("[data-row]");

  const typing = (target) =>
    target.isContentEditable ||
    target.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=submit], [type=button])");

  const step = (by) => {
    if (!rows.length) return false;
    const at = rows.indexOf(current());
    const next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + by, 0), rows.length - 1);
    linkOf(rows[next]).focus();
    rows[next].scrollIntoView({ block: "nearest" });
    return true;
  };

  const act = (element) => {
    const box = element.closest("details:not([open])");
    if (box) box.open = true;
    if (element.matches("summary")) {
      element.parentElement.open = true;
      const field = element.parentElement.querySelector("textarea, select, input:not([type=hidden])");
      (field ?? element).focus();
    } else if (element.matches("textarea, select, input:not([type=submit])")) {
      element.focus();
      element.scrollIntoView({ block: "center" });
    } else element.click();
    return true;
  };

  const marked = (key, within) => [...within.querySelectorAll("[data-key]")].find((element) => element.dataset.key.split(" ").includes(key));

  const press = (key) => {
    if (key === "j" || key === "k") return step(key === "j" ? 1 : -1);
    if (key === "?") return help ? (help.showModal(), true) : false;
    if (key === "/") {
      const search = [...document.querySelectorAll("input[type=search]")].find(shown);
      return search ? (search.focus(), search.select(), true) : false;
    }
    const row = current();
    if (!rows.length) {
      const element = marked(key, document);
      return element ? act(element) : false;
    }
    if (!row) return false;
    const own = marked(key, row);
    if (own) return act(own);
    if (!"rnaesq".includes(key)) return false;
    location.assign(`${linkOf(row).href}#key-${key}`);
    return true;
  };

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented) return;
    if (typing(event.target) || document.querySelector("dialog[open]") || event.key.length !== 1) return;
    if (press(event.key.toLowerCase())) event.preventDefault();
  });

  /* Come from a list for one thing: done once, so that a page shown again does not do it again. "a" changes something: it is
     only pointed at, so that no address hands an inquiry on. */
  const asked = location.hash.match(/^#key-([a-z])$/)?.[1];
  const wanted = asked && marked(asked, document);
  if (wanted) {
    history.replaceState(null, "", location.pathname + location.search);
    if (wanted.matches("button")) wanted.focus();
    else act(wanted);
  }

  help?.querySelector("button").addEventListener("click", () => help.close());
  for (const hint of document.querySelectorAll(".keys-hint")) {
    hint.hidden = false;
    hint.querySelector("button").addEventListener("click", () => help?.showModal());
  }
}

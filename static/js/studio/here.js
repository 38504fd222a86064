/* Whose page this is, the token of its forms, and the words that scripts say: written by the site into #phone. The page
   that opens without signal knows none of the first two; it goes by what was noted last. */

const studio = (globalThis.studio ??= {});

const here = document.getElementById("phone");

studio.here = here;
studio.words = JSON.parse(here?.dataset.words ?? "{}");
studio.isOffline = here?.hasAttribute("data-shell") ?? false;
studio.owner = here?.dataset.who || undefined;
studio.token = here?.dataset.token;

/* "%(share)s %" filled in. */
studio.say = (name, given = {}) => (studio.words[name] ?? name).replace(/%\((\w+)\)s/g, (_all, each) => given[each] ?? "");

/* An element with its text: made(“p”, {className: "soft"}, "words", child). */
studio.made = (name, given = {}, ...inside) => {
  const element = Object.assign(document.createElement(name), given);
  element.append(...inside.filter((each) => each !== undefined && each !== null));
  return element;
};

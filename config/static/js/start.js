// Before the first paint: style sheets may show what only works with JavaScript.
document.documentElement.classList.add("js");

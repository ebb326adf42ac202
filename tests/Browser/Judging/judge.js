// What can be judged of a page from within it. Each question is answered with one sentence per fault; none when all is well.
({
  seen: element => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }),

  all(selector) { return [...document.querySelectorAll(selector)].filter(this.seen); },

  name(element) {
    const words = (element.textContent || element.getAttribute('aria-label') || '').trim().replace(/\s+/g, ' ').slice(0, 40);
    return `<${element.localName}${element.id ? '#' + element.id : ''}> '${words}'`;
  },

  // Nothing sticks out to the right, unless it stands in something that scrolls by itself.
  width() {
    const room = document.documentElement.clientWidth;
    if (document.scrollingElement.scrollWidth <= room) return [];
    const scrolls = element => element && element !== document.body
      && (['auto', 'scroll', 'hidden'].includes(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
    const wide = this.all('body *').filter(element => element.getBoundingClientRect().right > room + 1 && !scrolls(element.parentElement));
    return [`The page is ${document.scrollingElement.scrollWidth} wide in ${room}; what sticks out: ${wide.slice(0, 3).map(this.name).join(', ')}`];
  },

  headings() {
    const levels = this.all('h1, h2, h3, h4, h5, h6').map(heading => Number(heading.localName[1]));
    const faults = levels.filter(level => level === 1).length === 1 ? [] : [`There are ${levels.filter(level => level === 1).length} h1, not one.`];
    if (levels[0] !== 1) faults.push(`The first heading is h${levels[0]}, not h1.`);
    levels.forEach((level, i) => { if (i > 0 && level > levels[i - 1] + 1) faults.push(`An h${level} follows an h${levels[i - 1]}.`); });
    return faults;
  },

  tables() {
    return this.all('table').flatMap(table => {
      const faults = table.caption?.textContent.trim() ? [] : [`${this.name(table)} has no caption.`];
      const heads = [...table.querySelectorAll('th')];
      if (heads.length === 0) faults.push(`${this.name(table)} has no header cells.`);
      return faults.concat(heads.filter(head => !['row', 'col', 'rowgroup', 'colgroup'].includes(head.scope)).map(head => `${this.name(head)} has no scope.`));
    });
  },

  labels() {
    return this.all('input:not([type=hidden]), select, textarea')
      .filter(field => !field.labels?.length && !field.getAttribute('aria-label') && !field.getAttribute('aria-labelledby'))
      .map(field => `${this.name(field)} named '${field.name}' has no label.`);
  },

  // WCAG 2.2, success criterion 1.4.3: 4.5 to 1, and 3 to 1 for large text.
  contrast() {
    const faults = new Set();
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const element = texts.currentNode.parentElement;
      if (!texts.currentNode.data.trim() || !this.seen(element)) continue;
      const style = getComputedStyle(element);
      const size = parseFloat(style.fontSize);
      const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      const ground = this.ground(element);
      const ink = this.over(this.colour(element instanceof SVGElement ? style.fill : style.color), ground);
      const [light, dark] = [this.light(ink), this.light(ground)].sort((a, b) => b - a);
      const ratio = (light + 0.05) / (dark + 0.05);
      if (ratio < (isLarge ? 3 : 4.5)) faults.add(`${this.name(element)} has a contrast of ${ratio.toFixed(2)}.`);
    }
    return [...faults];
  },

  ground(element) {
    const layers = [];
    for (let at = element; at; at = at.parentElement) layers.push(this.colour(getComputedStyle(at).backgroundColor));
    const paper = matchMedia('(prefers-color-scheme: dark)').matches ? [18, 18, 18, 1] : [255, 255, 255, 1];
    return layers.reverse().reduce((below, layer) => this.over(layer, below), paper);
  },

  colour(text) {
    const parts = text.match(/^rgba?\(([^)]+)\)$/)?.[1].split(/[\s,/]+/).map(Number);
    if (!parts) throw new Error(`The colour '${text}' cannot be judged.`);
    return [parts[0], parts[1], parts[2], parts[3] ?? 1];
  },

  over: (top, below) => [0, 1, 2].map(i => top[i] * top[3] + below[i] * (1 - top[3])).concat(1),

  // Relative luminance, as WCAG defines it.
  light(colour) {
    const [red, green, blue] = colour.map(part => part / 255).map(part => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  },

  // What can be reached by the keyboard, in the order of the page: also what scrolls and holds nothing else that can be reached.
  reachable() {
    const active = 'a[href], button:enabled, input:enabled:not([type=hidden]), select:enabled, textarea:enabled, summary, [tabindex="0"]';
    const scrolls = element => !element.querySelector(active) && ['X', 'Y'].some(way => ['auto', 'scroll'].includes(getComputedStyle(element)['overflow' + way]))
      && (element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight);
    return this.all('body *').filter(element => element.matches(active) || scrolls(element)).map(this.name);
  },

  // Where the keyboard is: null when it is on nothing.
  focus() {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const isInSight = box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight;
    return { name: this.name(element), isShown: isInSight && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 };
  },
})

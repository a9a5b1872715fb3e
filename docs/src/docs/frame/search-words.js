// What the search takes for a word, and which words mean the same. The build makes the index with it, and the page reads it.

// Each row: what somebody may type, and what the pages say instead.
var SEARCH_SYNONYMS = {
  "429": ["ratelimit", "ratelimitexception", "quota", "retry"],
  "throttling": ["ratelimit", "429", "backpressure"],
  "throttle": ["ratelimit", "requestsperminute", "429"],
  "ratelimit": ["429", "ratelimitexception", "requestsperminute"],
  "resourceexhausted": ["429", "ratelimitexception"],
  "403": ["authenticationexception"],
  "401": ["authenticationexception"],
  "404": ["modelnotfoundexception"],
  "400": ["invalidrequestexception"],
  "503": ["serviceunavailableexception", "overloaded"],
  "blocked": ["promptblockedexception", "imageblockedexception", "failonblocked", "refused", "safety"],
  "block": ["promptblockedexception", "failonblocked"],
  "safety": ["safetythreshold", "promptblockedexception"],
  "cost": ["price", "budget", "billed", "estimatedcost"],
  "costs": ["price", "budget", "billed"],
  "pricing": ["price", "cost"],
  "price": ["cost"],
  "billing": ["billed", "cost", "price", "budget"],
  "money": ["cost", "budget", "price"],
  "expensive": ["cost", "price"],
  "cheap": ["cost", "price", "batch"],
  "timeout": ["requesttimeout", "requesttimeoutexception", "idletimeout", "connecttimeout"],
  "deadline": ["timeout", "requesttimeout"],
  "slow": ["timeout", "performance"],
  "hang": ["timeout", "idletimeout"],
  "install": ["installation", "dependency", "start"],
  "setup": ["installation", "start"],
  "maven": ["dependency", "installation"],
  "gradle": ["dependency", "installation"],
  "quickstart": ["start"],
  "rotate": ["apikey"],
  "rotation": ["apikey"],
  "key": ["apikey", "authentication", "credentials"],
  "login": ["authentication", "credentials"],
  "auth": ["authentication", "authenticationexception"],
  "authentication": ["apikey", "credentials"],
  "credentials": ["apikey", "authentication"],
  "picture": ["image"],
  "image": ["picture"],
  "photo": ["picture", "image", "photograph"],
  "resolution": ["imagesize", "pixels"],
  "size": ["imagesize"],
  "ratio": ["aspectratio"],
  "format": ["outputformat"],
  "png": ["outputformat"],
  "jpeg": ["outputformat"],
  "oom": ["outofmemoryerror", "memory", "heap"],
  "outofmemory": ["outofmemoryerror", "memory", "heap"],
  "disk": ["spool", "spooldirectory"],
  "docker": ["container"],
  "kubernetes": ["container", "scaling", "keda"],
  "k8s": ["container", "kubernetes", "scaling"],
  "monitoring": ["metrics", "health"],
  "prometheus": ["metrics"],
  "tracing": ["traces"],
  "opentelemetry": ["traces"],
  "logging": ["logs"],
  "test": ["testing", "emulator"],
  "mock": ["emulator", "testing"],
  "offline": ["emulator"],
  "edit": ["reference"],
  "multiturn": ["conversation", "chat"],
  "chat": ["conversation"],
  "retries": ["maxretries"],
  "retry": ["maxretries"],
  "duplicate": ["requestid", "idempotent", "twice"],
  "idempotency": ["requestid", "idempotent"],
  "yaml": ["kamelet"],
  "jbang": ["kamelets", "catalog"],
  "kaoto": ["kamelets", "catalog"],
  "vertex": ["vertexai"],
  "gcs": ["storage"],
  "mail": ["email"],
  "deprecated": ["successor", "models"],
  "migrate": ["upgrade"],
  "migration": ["upgrade"],
  "virus": ["security"],
  "ssrf": ["private", "addresses", "security"]
};

/** The words of a text in small letters: "requestTimeout" is "requesttimeout", "request" and "timeout"; "time-out" is "timeout" as well. */
function searchWords(text) {
  var words = [];
  String(text).replace(/[A-Za-z0-9\u00c0-\u024f]+(?:[-_.][A-Za-z0-9\u00c0-\u024f]+)*/g, function (run) {
    var parts = run.split(/[-_.]/);
    var pieces = [];
    for (var i = 0; i < parts.length; i++) {
      var part = parts[i];
      var humps = part.replace(/([a-z0-9])([A-Z])/g, "$1 $2").replace(/([A-Z])([A-Z][a-z])/g, "$1 $2").split(" ");
      pieces.push(part);
      if (humps.length > 1) pieces = pieces.concat(humps);
    }
    if (parts.length > 1 && parts.length < 4) pieces.unshift(parts.join(""));
    for (var j = 0; j < pieces.length; j++) words.push(pieces[j].toLowerCase());
    return run;
  });
  return words;
}

/** For the build: the index of these sections as JSON. */
function buildSearchIndex(json) {
  var sections = JSON.parse(json);
  return JSON.stringify(lunr(function () {
    this.tokenizer = function (text) {
      return searchWords(text).map(function (word) { return new lunr.Token(word, {}); });
    };
    this.ref("id");
    this.field("title", { boost: 12 });
    this.field("path", { boost: 2 });
    this.field("text");
    for (var i = 0; i < sections.length; i++)
      this.add(
        { id: i, title: sections[i].title, path: sections[i].path, text: sections[i].text },
        { boost: sections[i].boost });
  }));
}

/** For the page: the sections that answer a query, best first. All its words count, as they are, as beginnings, or nearly so. */
function findSections(index, sections, query) {
  var typed = query.toLowerCase().replace(/time[ -]out/g, "timeout").replace(/rate[ -]limit/g, "ratelimit rate limit")
    .replace(/out of memory/g, "outofmemory").split(/\s+/);
  var words = typed.map(function (word) { return searchWords(word)[0]; }).filter(Boolean);
  var telling = words.filter(lunr.stopWordFilter);
  if (telling.length) words = telling;
  var scores = {};
  var hits = {};
  words.forEach(function (word, position) {
    index.query(function (terms) {
      terms.term(word, { boost: 10 });
      if (word.length > 2 || (position === words.length - 1 && word.length > 1))
        terms.term(word, { boost: 2, usePipeline: false, wildcard: lunr.Query.wildcard.TRAILING });
      if (word.length > 4) terms.term(word, { boost: 0.5, editDistance: word.length > 8 ? 2 : 1 });
      (SEARCH_SYNONYMS[word] || []).forEach(function (other) { terms.term(other, { boost: 4 }); });
    }).forEach(function (result) {
      scores[result.ref] = (scores[result.ref] || 0) + result.score;
      hits[result.ref] = (hits[result.ref] || 0) + 1;
    });
  });
  // The first results are of several pages: each further one of a page counts less.
  var ofPage = {};
  return Object.keys(scores)
    .map(function (id) {
      var section = sections[id];
      var exact = section.title.toLowerCase() === query.trim().toLowerCase() ? 1.5 : 1;
      return { section: section, score: scores[id] * exact * Math.pow(hits[id] / words.length, 2) };
    })
    .sort(function (one, other) { return other.score - one.score; })
    .map(function (result) {
      var page = result.section.href.split("#")[0];
      ofPage[page] = (ofPage[page] || 0) + 1;
      result.score *= Math.pow(0.75, ofPage[page] - 1);
      return result;
    })
    .sort(function (one, other) { return other.score - one.score; })
    .map(function (result) { return result.section; });
}

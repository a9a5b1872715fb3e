const MAX_FILES = 14;
const MAX_FILE = 10 * 1024 * 1024;
const MAX_FILES_BYTES = 39 * 1024 * 1024;
const TYPES = ['image/png', 'image/jpeg', 'image/webp', 'image/heic', 'image/heif'];
const KEPT = 'studio.pictures';
// A browser has six connections for a studio, and needs some to ask for pictures and to show them.
const MAX_STREAMS = 3;
const MAX_SILENCES = 4;

const $ = id => document.getElementById(id);
const tiles = new Map();
// What is asked for, beside the prompt.
let uploads = [];
let missing = 0;
let goingOn = null;
let chosenBefore = null;
let sending = false;
let streams = 0;
let unreachable = [];

function say(sentence) {
  $('error').textContent = sentence;
}

function announce(text) {
  $('status').textContent = text;
}

// Pictures to edit

function add(files) {
  say('');
  for (const file of files) {
    if (!TYPES.includes(file.type)) {
      say(`“${file.name}” is not a picture that can be edited. Use PNG, JPEG, WebP or HEIC.`);
    } else if (file.size > MAX_FILE) {
      say(`“${file.name}” has ${megabytes(file.size)}. The limit is 10 MB for each picture.`);
    } else if (uploads.length >= MAX_FILES) {
      say(`You can edit at most ${MAX_FILES} pictures together.`);
    } else if (uploads.reduce((sum, one) => sum + one.size, file.size) > MAX_FILES_BYTES) {
      say('Together, the pictures have more than 40 MB. Remove some.');
    } else {
      uploads.push(file);
    }
  }
  showUploads();
}

function showUploads() {
  $('uploads').replaceChildren(...uploads.map(file => {
    const item = document.createElement('li');
    const picture = document.createElement('img');
    picture.alt = file.name;
    picture.src = URL.createObjectURL(file);
    picture.onload = picture.onerror = () => URL.revokeObjectURL(picture.src);
    const remove = button('×', () => {
      uploads = uploads.filter(other => other !== file);
      showUploads();
      $('files').focus();
    });
    remove.setAttribute('aria-label', `Remove ${file.name}`);
    item.append(picture, remove);
    return item;
  }));
}

function megabytes(bytes) {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function size(bytes) {
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} kB` : megabytes(bytes);
}

function button(text, onclick) {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = text;
  made.onclick = onclick;
  return made;
}

// Asking for a picture

async function send(event) {
  event.preventDefault();
  if (sending) return;
  const typed = $('prompt').value;
  const prompt = typed.trim();
  if (!prompt) {
    say('Write a prompt: say what to draw, or what to change.');
    $('prompt').focus();
    return;
  }
  if (missing && !uploads.length) {
    sayMissing();
    return;
  }
  const order = { prompt, imageSize: $('size').value };
  if ($('ratio').value) order.aspectRatio = $('ratio').value;
  if (goingOn) order.conversation = goingOn.conversation;
  const sent = { typed, uploads, goingOn };
  say('');
  sending = true;
  $('draw').disabled = true;
  try {
    const picture = await post(order, sent.uploads);
    show(picture);
    tiles.get(picture.id).uploads = sent.uploads;
    watch(picture.id);
    remember();
    announce('The picture is being drawn.');
    leaveTheRest(sent);
  } catch (e) {
    say(e.message);
  } finally {
    sending = false;
    $('draw').disabled = false;
    if ([document.body, $('draw')].includes(document.activeElement)) $('prompt').focus();
  }
}

// What was typed or chosen while the request was under way stays.
function leaveTheRest(sent) {
  if ($('prompt').value === sent.typed) $('prompt').value = '';
  uploads = uploads.filter(file => !sent.uploads.includes(file));
  showUploads();
  if (goingOn === sent.goingOn) finishGoingOn();
}

async function post(order, files) {
  let address = 'api/pictures';
  const request = { method: 'POST' };
  if (files.length) {
    address = 'api/edits';
    request.body = new FormData();
    Object.entries(order).forEach(([name, value]) => request.body.append(name, value));
    files.forEach((file, i) => request.body.append(`picture${i + 1}`, file));
  } else {
    request.headers = { 'Content-Type': 'application/json' };
    request.body = JSON.stringify(order);
  }
  let answer;
  try {
    answer = await fetch(address, request);
  } catch (e) {
    throw new Error('The studio does not answer. Is it running?');
  }
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(body.error || `The studio answered with ${answer.status}.`);
  return body;
}

// The gallery

function show(picture) {
  let tile = tiles.get(picture.id);
  if (!tile) {
    const item = $('tile').content.cloneNode(true).firstElementChild;
    tile = { item, since: Date.now() };
    tiles.set(picture.id, tile);
    $('gallery').prepend(item);
    item.querySelector('.prompt').textContent = picture.prompt;
  }
  tile.picture = picture;
  tile.item.querySelector('.frame').classList.toggle('failed', picture.state === 'failed' || picture.state === 'lost');
  $('empty').hidden = true;
  if (picture.state === 'done') showPicture(tile);
  else if (picture.state === 'failed') showFailure(tile, button('Change the prompt', () => askAgain(tile)));
  else if (picture.state === 'lost') showFailure(tile, button('Check again', () => lookAgain(tile)));
  else showStage(tile);
}

function showStage(tile) {
  const frame = tile.item.querySelector('.frame');
  if (!frame.querySelector('.stage')) {
    frame.replaceChildren($('tile').content.querySelector('.drawing').cloneNode(true));
    tile.item.querySelector('.actions').replaceChildren();
  }
  const { state, bytes } = tile.picture;
  const seconds = Math.round((Date.now() - tile.since) / 1000);
  const stage = tile.silences ? 'No answer from the studio, trying again'
    : state === 'waiting' ? 'Waiting'
    : bytes ? `Receiving, ${size(bytes)}` : 'Drawing';
  tile.item.querySelector('.stage').textContent = seconds > 1 ? `${stage}, ${seconds} s` : stage;
}

function showPicture(tile) {
  const { id, prompt, width, height, bytes, cost, type } = tile.picture;
  const address = `api/pictures/${id}/file`;
  const image = document.createElement('img');
  image.src = address;
  image.alt = prompt;
  image.width = width;
  image.height = height;
  const large = document.createElement('a');
  large.href = address;
  large.target = '_blank';
  large.append(image);
  const frame = tile.item.querySelector('.frame');
  // Within limits, or a picture of 1:8 would be a page of its own.
  frame.style.aspectRatio = Math.min(16 / 9, Math.max(3 / 4, width / height));
  frame.replaceChildren(large);
  const facts = [`${width} × ${height}`, size(bytes)];
  if (cost) facts.push(`about $${cost.toFixed(3)}`);
  tile.item.querySelector('.facts').textContent = facts.join(' · ');
  const download = document.createElement('a');
  download.className = 'button';
  download.href = address;
  download.download = `picture.${type.replace('image/', '').replace('jpeg', 'jpg')}`;
  download.textContent = 'Download';
  const again = button('Edit again', () => goOn(tile.picture));
  tile.item.querySelector('.actions').replaceChildren(again, download);
  leaveOlderTurns(tile.picture);
}

// A conversation goes on from its last picture, so only that one can be edited again.
function leaveOlderTurns(newest) {
  for (const { picture, item } of tiles.values()) {
    if (picture.conversation === newest.conversation && picture.id !== newest.id) {
      item.querySelector('.actions button')?.remove();
    }
  }
}

function showFailure(tile, action) {
  const sentence = document.createElement('p');
  sentence.className = 'wrong';
  sentence.setAttribute('role', 'alert');
  sentence.textContent = tile.picture.error;
  tile.item.querySelector('.frame').replaceChildren(sentence);
  tile.item.querySelector('.actions').replaceChildren(action);
}

// The same again in other words, with all that was asked for: without the picture to edit another one would be invented.
function askAgain({ picture, uploads: sent }) {
  finishGoingOn();
  if (picture.goesOn) goOn(lastDrawn(picture.conversation) ?? { conversation: picture.conversation });
  uploads = sent ?? [];
  missing = sent ? 0 : picture.uploads;
  showUploads();
  $('ratio').value = picture.aspectRatio ?? '';
  if (picture.imageSize) $('size').value = picture.imageSize;
  $('prompt').value = picture.prompt;
  $('prompt').focus();
  say('');
  if (missing && !uploads.length) {
    $('new').hidden = false;
    sayMissing();
  }
}

function sayMissing() {
  say(missing === 1
    ? 'This prompt edits a picture that you uploaded. The reload removed it, so choose it again.'
    : `This prompt edits ${missing} pictures that you uploaded. The reload removed them, so choose them again.`);
}

function lastDrawn(conversation) {
  return [...tiles.values()].map(tile => tile.picture)
    .findLast(picture => picture.conversation === conversation && picture.state === 'done');
}

function goOn(picture) {
  chosenBefore ??= { ratio: $('ratio').value, size: $('size').value };
  goingOn = picture;
  missing = 0;
  if (picture.width) $('ratio').value = nearestRatio(picture.width / picture.height);
  if (picture.imageSize) $('size').value = picture.imageSize;
  $('form-title').textContent = 'Edit again';
  $('going-on').hidden = $('new').hidden = false;
  $('going-on-picture').hidden = !picture.id;
  if (picture.id) $('going-on-picture').src = `api/pictures/${picture.id}/file`;
  $('going-on-prompt').textContent = picture.prompt ? `“${picture.prompt}”` : 'an earlier picture';
  $('prompt-label').textContent = 'What to change';
  $('prompt').placeholder = 'Make it winter';
  $('prompt').focus();
  $('form').scrollIntoView({ block: 'nearest' });
}

function nearestRatio(wanted) {
  const distance = ratio => {
    const [width, height] = ratio.split(':');
    return Math.abs(Math.log(width / height / wanted));
  };
  return [...$('ratio').options].map(option => option.value).filter(Boolean)
    .reduce((best, ratio) => distance(ratio) < distance(best) ? ratio : best);
}

function finishGoingOn() {
  goingOn = null;
  missing = 0;
  if (chosenBefore) {
    $('ratio').value = chosenBefore.ratio;
    $('size').value = chosenBefore.size;
    chosenBefore = null;
  }
  $('form-title').textContent = 'New picture';
  $('going-on').hidden = $('new').hidden = true;
  $('prompt-label').textContent = 'Prompt';
  $('prompt').placeholder = 'A T-Rex relaxing on a beach';
}

// Progress

function watch(id) {
  const tile = tiles.get(id);
  const hear = streams < MAX_STREAMS ? listen : ask;
  tile.silences = 0;
  const clock = setInterval(() => showStage(tile), 1000);
  const stop = hear(id, {
    // Whether there is more to come.
    heard(picture) {
      tile.silences = 0;
      const finished = picture.state === 'done' || picture.state === 'failed';
      if (finished) end();
      show(picture);
      if (picture.state === 'done') announce('The picture is done.');
      return !finished;
    },
    forgotten() {
      end();
      show({ ...tile.picture, state: 'failed', error: 'The studio no longer knows this picture.' });
    },
    // Whether to try again.
    silent() {
      tile.silences++;
      if (tile.silences <= MAX_SILENCES) {
        showStage(tile);
        return true;
      }
      end();
      show({ ...tile.picture, state: 'lost', error: 'The studio no longer answers. Is it running?' });
      return false;
    },
  });
  function end() {
    clearInterval(clock);
    stop();
  }
}

// By events. The browser connects again by itself; it gives up when the studio does not know the picture.
function listen(id, watcher) {
  const events = new EventSource(`api/pictures/${id}/events`);
  streams++;
  events.addEventListener('progress', event => watcher.heard(JSON.parse(event.data)));
  events.onerror = () => {
    if (events.readyState === EventSource.CLOSED) watcher.forgotten();
    else watcher.silent();
  };
  return () => {
    if (events.readyState !== EventSource.CLOSED) events.close();
    streams--;
  };
}

// By asking now and then, when there are streams enough.
function ask(id, watcher) {
  let timer = setTimeout(look, 1000);
  async function look() {
    const answer = await fetch(`api/pictures/${id}`).catch(() => null);
    const goOn = !answer ? watcher.silent()
      : answer.ok ? watcher.heard(await answer.json())
      : watcher.forgotten();
    if (goOn) timer = setTimeout(look, 2000);
  }
  return () => clearTimeout(timer);
}

async function lookAgain(tile) {
  const { id } = tile.picture;
  const answer = await fetch(`api/pictures/${id}`).catch(() => null);
  if (!answer) announce(tile.picture.error);
  else if (answer.ok) follow(await answer.json());
  else show({ ...tile.picture, state: 'failed', error: 'The studio no longer knows this picture.' });
}

function follow(picture) {
  show(picture);
  if (picture.state === 'waiting' || picture.state === 'drawing') watch(picture.id);
}

// After a reload

function remember() {
  sessionStorage.setItem(KEPT, JSON.stringify([...unreachable, ...tiles.keys()]));
}

async function recall() {
  for (const id of JSON.parse(sessionStorage.getItem(KEPT) || '[]')) {
    const answer = await fetch(`api/pictures/${id}`).catch(() => null);
    if (!answer) unreachable.push(id);
    else if (answer.ok) follow(await answer.json());
  }
}

$('form').addEventListener('submit', send);
$('form').noValidate = true;
$('files').onchange = () => {
  add($('files').files);
  $('files').value = '';
};
$('new').onclick = () => {
  finishGoingOn();
  say('');
  $('prompt').focus();
};
$('prompt').onkeydown = event => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) $('form').requestSubmit();
};
document.addEventListener('paste', event => {
  if (event.clipboardData.files.length) add(event.clipboardData.files);
});
for (const name of ['dragenter', 'dragover']) {
  document.addEventListener(name, event => {
    event.preventDefault();
    $('drop').classList.add('over');
  });
}
document.addEventListener('dragleave', event => {
  if (!event.relatedTarget) $('drop').classList.remove('over');
});
document.addEventListener('drop', event => {
  event.preventDefault();
  $('drop').classList.remove('over');
  add(event.dataTransfer.files);
});
recall();

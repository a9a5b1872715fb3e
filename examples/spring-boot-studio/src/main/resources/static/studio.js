const MAX_FILES = 14;
const MAX_FILE = 10 * 1024 * 1024;
const MAX_FILES_BYTES = 39 * 1024 * 1024;
const TYPES = ['image/png', 'image/jpeg', 'image/webp', 'image/heic', 'image/heif'];
const KEPT = 'studio.pictures';

const $ = id => document.getElementById(id);
const tiles = new Map();
let uploads = [];
let goingOn = null;

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
      say(`“${file.name}” is no picture that can be edited. Take a PNG, JPEG, WebP or HEIC.`);
    } else if (file.size > MAX_FILE) {
      say(`“${file.name}” has ${megabytes(file.size)}. A picture may have 10 MB.`);
    } else if (uploads.length >= MAX_FILES) {
      say(`No more than ${MAX_FILES} pictures can be edited together.`);
    } else if (uploads.reduce((sum, one) => sum + one.size, file.size) > MAX_FILES_BYTES) {
      say('Together the pictures have more than 40 MB. Leave some out.');
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
    remove.setAttribute('aria-label', `Leave out ${file.name}`);
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
  const prompt = $('prompt').value.trim();
  if (!prompt) {
    say('Write a prompt: say what to draw, or what to change.');
    $('prompt').focus();
    return;
  }
  const order = { prompt, imageSize: $('size').value };
  if ($('ratio').value) order.aspectRatio = $('ratio').value;
  if (goingOn) order.conversation = goingOn.conversation;
  say('');
  $('draw').disabled = true;
  try {
    const picture = await post(order);
    show(picture);
    watch(picture.id);
    remember();
    announce('The picture is being drawn.');
    uploads = [];
    showUploads();
    finishGoingOn();
    $('prompt').value = '';
  } catch (e) {
    say(e.message);
  } finally {
    $('draw').disabled = false;
    $('prompt').focus();
  }
}

async function post(order) {
  let address = 'api/pictures';
  const request = { method: 'POST' };
  if (uploads.length) {
    address = 'api/edits';
    request.body = new FormData();
    Object.entries(order).forEach(([name, value]) => request.body.append(name, value));
    uploads.forEach((file, i) => request.body.append(`picture${i + 1}`, file));
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
  $('empty').hidden = true;
  if (picture.state === 'done') showPicture(tile);
  else if (picture.state === 'failed') showFailure(tile);
  else showStage(tile);
}

function showStage(tile) {
  const { state, bytes } = tile.picture;
  const seconds = Math.round((Date.now() - tile.since) / 1000);
  const stage = state === 'waiting' ? 'Waiting' : bytes ? `Receiving, ${size(bytes)}` : 'Drawing';
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
  tile.item.querySelector('.frame').replaceChildren(large);
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

function showFailure(tile) {
  const sentence = document.createElement('p');
  sentence.className = 'wrong';
  sentence.setAttribute('role', 'alert');
  sentence.textContent = tile.picture.error;
  tile.item.querySelector('.frame').replaceChildren(sentence);
  const again = button('Change the prompt', () => {
    $('prompt').value = tile.picture.prompt;
    $('prompt').focus();
  });
  tile.item.querySelector('.actions').replaceChildren(again);
}

function goOn(picture) {
  goingOn = picture;
  $('form-title').textContent = 'Edit again';
  $('going-on').hidden = false;
  $('going-on-picture').src = `api/pictures/${picture.id}/file`;
  $('going-on-prompt').textContent = `“${picture.prompt}”`;
  $('prompt-label').textContent = 'What to change';
  $('prompt').placeholder = 'Make it winter';
  $('prompt').focus();
  $('form').scrollIntoView({ block: 'nearest' });
}

function finishGoingOn() {
  goingOn = null;
  $('form-title').textContent = 'New picture';
  $('going-on').hidden = true;
  $('prompt-label').textContent = 'Prompt';
  $('prompt').placeholder = 'A T-Rex relaxing on a beach';
}

// Progress

function watch(id) {
  const tile = tiles.get(id);
  const clock = setInterval(() => showStage(tile), 1000);
  const events = new EventSource(`api/pictures/${id}/events`);
  const end = () => {
    events.close();
    clearInterval(clock);
  };
  events.addEventListener('progress', event => {
    const picture = JSON.parse(event.data);
    if (picture.state === 'done' || picture.state === 'failed') end();
    show(picture);
    if (picture.state === 'done') announce('The picture is done.');
  });
  // The browser connects again by itself; it gives up when the studio does not know the picture.
  events.onerror = () => {
    if (events.readyState === EventSource.CLOSED) {
      end();
      show({ ...tile.picture, state: 'failed', error: 'The studio no longer knows this picture.' });
    }
  };
}

// After a reload

function remember() {
  sessionStorage.setItem(KEPT, JSON.stringify([...tiles.keys()]));
}

async function recall() {
  for (const id of JSON.parse(sessionStorage.getItem(KEPT) || '[]')) {
    const answer = await fetch(`api/pictures/${id}`).catch(() => null);
    if (!answer?.ok) continue;
    const picture = await answer.json();
    show(picture);
    if (picture.state === 'waiting' || picture.state === 'drawing') watch(id);
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

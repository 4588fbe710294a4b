#!/usr/bin/env node
// Simulates one night's candidate lists for many shoppers and prints time, rates and cost: what docs/scaling.md quotes.
//
//   node deploy/scale.mjs [--users=10000000] [--shards=400] [--writers=8] [--slots=100] [--events-per-user=1] [--changed=1] [--sampled=300000] [--products=100000]
//
// --slots is the ceiling of the reservation; --events-per-user counts one day; --changed is the share of lists that are rewritten each night;
// --sampled is how many shoppers the service itself trains on, whose features are refreshed every hour. Prices: deploy/prices.mjs.
import { price, GiB, TiB } from './prices.mjs';

const options = { users: 10_000_000, shards: 400, writers: 8, slots: 100, 'events-per-user': 1, changed: 1, sampled: 300_000, products: 100_000 };
for (const argument of process.argv.slice(2)) {
  const [, name, value] = /^--([a-z-]+)=([0-9.]+)$/.exec(argument) ?? [];
  if (!(name in options) || !(Number(value) > 0)) {
    console.error(`${argument} is no option; there are ${Object.keys(options).map(known => `--${known}=NUMBER`).join(', ')}.`);
    process.exit(1);
  }

  options[name] = Number(value);
}

const { users, shards, writers, slots } = options;

// What a slot does in a second. Assumed, not measured: multiply-adds of a vector search, multiply-adds over unnested arrays in SQL, multiply-adds of WALS, bytes read.
const speed = { search: 1e9, unnested: 2e7, factorization: 1.4e9, bytes: 1e8 };

// A shard searches best and worst by factors and by content, then takes two dot products of 64 for each of some 2,000 pairs a shopper.
const shardLists = Math.ceil((users * options.changed) / shards);
const shardSlotSeconds = (4 * shardLists * options.products * 64) / speed.search + (shardLists * 2_000 * 2 * 64) / speed.unnested;

// Firestore's rule for a new collection, as google/Firestore/WriteRamp.cs has it.
const rateAt = seconds => Math.min(10_000, 500 * 1.5 ** Math.floor(seconds / 300));

// A worker holds one shard at a time. BigQuery takes a while for the shard's lists (the first push answers 503, the next one finds them); then the worker writes
// at its share of the rate. After 600 s Pub/Sub pushes again, and the shard goes on where it stopped.
function simulate() {
  const lists = shardLists;
  const computeSeconds = 20 + shardSlotSeconds / (slots / writers);
  const redeliverySeconds = 10;
  const step = 1;
  const workers = Array.from({ length: writers }, () => null);
  let waiting = shards, done = 0, written = 0, pushes = 0, peak = 0, time = 0;
  while (done < shards) {
    let now = 0;
    for (let worker = 0; worker < writers; worker++) {
      if (workers[worker] === null && waiting > 0) {
        waiting--;
        pushes++;
        workers[worker] = { left: lists, ready: time + computeSeconds, began: time };
      }

      const shard = workers[worker];
      if (shard === null || time < shard.ready) {
        pushes += shard !== null && time > shard.began && (time - shard.began) % (redeliverySeconds * 3) === 0 ? 1 : 0;
        continue;
      }

      const share = Math.min(shard.left, (rateAt(time) / writers) * step);
      shard.left -= share;
      now += share;
      if (time - shard.began >= 600 && shard.left > 0) {
        shard.began = time;
        pushes++;
      }

      if (shard.left <= 0) {
        workers[worker] = null;
        done++;
      }
    }

    written += now;
    peak = Math.max(peak, now / step);
    time += step;
  }

  return { lists, time, written: Math.round(written), pushes, peak };
}

function rampOnly(documents) {
  let left = documents, time = 0;
  while (rateAt(time) < 10_000 && left > rateAt(time) * 300) {
    left -= rateAt(time) * 300;
    time += 300;
  }

  return (time + left / rateAt(time)) / 60;
}

const run = simulate();
const events = users * options['events-per-user'];
const pairs = users * 30; // distinct products a shopper touched in 90 days
const feedbackBytes = pairs * (20 + 16 + 8 + 8 + 1 + 8);
const factorBytes = users * (20 + 8 + 64 * 8);
const shardBytes = options.products * (2 * 64 * 8 + 40) + options.products * 200 * 44 + options.products * 100 * 40 + (feedbackBytes + 2 * factorBytes + users * 40) / shards;
const rawBytes = events * 90 * 60;
const walkedBytes = feedbackBytes * Math.min(1, 40 / shards);
const scanned = rawBytes + 3 * feedbackBytes + walkedBytes + 2 * factorBytes + shards * shardBytes;
const slotHours = ((pairs * 20 * 64 * 64) / speed.factorization + shards * shardSlotSeconds + scanned / speed.bytes) / 3600;
const listBytes = users * 3 * 1024;

// deploy/scheduler.tf: the catalogue is read 32 times a day for changes and 24 times for prices; documents 24 times for prices and, of those who bought, 24 times for counts.
const rows = [
  ['shoppers', users.toLocaleString('en-US')],
  ['shards, lists each', `${shards}, ${run.lists.toLocaleString('en-US')}`],
  ['workers', String(writers)],
  ['the ramp alone', `${rampOnly(users * options.changed).toFixed(2)} min`],
  ['simulated run, all lists written', `${(run.time / 60).toFixed(1)} min`],
  ['pushes by Pub/Sub', run.pushes.toLocaleString('en-US')],
  ['highest rate', `${Math.round(run.peak).toLocaleString('en-US')} writes/s`],
  ['mean rate', `${Math.round(run.written / run.time).toLocaleString('en-US')} writes/s`],
  ['slot-hours of BigQuery, assumed speeds', slotHours.toFixed(0)],
  ['lists kept, two versions', `${((2 * listBytes) / GiB).toFixed(0)} GiB`],
];
const costs = [
  ['Firestore: lists written', run.written * price.firestoreWrite],
  ['Firestore: lists of the version before last found and deleted', run.written * (price.firestoreRead + price.firestoreDelete)],
  ['Firestore: features read and written per event', events * (price.firestoreRead + price.firestoreWrite)],
  ['Firestore: catalogue and features of the sample, through the day', (56 * options.products + 48 * Math.min(users, options.sampled)) * price.firestoreRead],
  ['Firestore: storage of lists', (2 * listBytes / GiB) * price.firestoreGiBMonth / 30],
  ['BigQuery: events streamed in', events * price.streamedRow],
  ['BigQuery: slots of the training and the shards', slotHours * price.slotHour],
  ['Pub/Sub: events in and out', ((2 * events * 1024) / TiB) * price.pubSubTiB],
];
const width = Math.max(...rows.map(row => row[0].length), ...costs.map(row => row[0].length), 'a day'.length);
const show = (name, value) => console.log(`${name.padEnd(width)}  ${value.padStart(18)}`);
rows.forEach(([name, value]) => show(name, value));
costs.forEach(([name, value]) => show(name, `$${value.toFixed(2)}`));
show('a day', `$${costs.reduce((sum, [, value]) => sum + value, 0).toFixed(2)}`);

#!/usr/bin/env node
// Prints what a month of a shop costs that one process can train for, with the arithmetic of each line: what deploy/README.md quotes.
//
//   node deploy/cost.mjs [--shoppers=100000] [--events=30000000] [--slates=6000000] [--products=20000] [--buyers=10000] [--warm=2]
//
// --events and --slates count a month; --buyers is how many shoppers bought within 30 days; --warm is score-user's minimum of instances. Prices: deploy/prices.mjs.
import { price, GiB, TiB } from './prices.mjs';

const options = { shoppers: 100_000, events: 30_000_000, slates: 6_000_000, products: 20_000, buyers: 10_000, warm: 2 };
for (const argument of process.argv.slice(2)) {
  const [, name, value] = /^--([a-z]+)=([0-9]+)$/.exec(argument) ?? [];
  if (!(name in options)) {
    console.error(`${argument} is no option; there are ${Object.keys(options).map(known => `--${known}=NUMBER`).join(', ')}.`);
    process.exit(1);
  }

  options[name] = Number(value);
}

const { shoppers, events, slates, products, buyers, warm } = options;
const nights = 30;
const hours = nights * 24;
const seconds = hours * 3600;
const catalogueReads = products * 56 * nights; // deploy/scheduler.tf: 32 looks for changes and 24 for prices a day
const featureReads = (shoppers + buyers) * hours;
const windowBytes = 3 * events * 60; // 90 days of the columns that feedback reads
const readTiB = (windowBytes * (hours + 10 * nights)) / TiB; // hourly prices, and some ten statements of a night
const streamed = events + slates * 11; // a row a slate and one for each of ten positions
const storedGiB = (3 * streamed * 150) / GiB;
const requests = events / 5 + slates; // five events a batch
const passedTiB = (2 * (events + slates * 2) * 1024) / TiB;

const count = number => number >= 1e6 ? `${(number / 1e6).toFixed(1)} M` : number.toLocaleString('en-US');
const lines = [
  [`score-user, ${warm} warm instances of 2 CPUs and 4 GiB`, `${warm} x ${count(seconds)} s x (2 CPUs + 4 GiB)`, warm * seconds * (2 * price.warmCpuSecond + 4 * price.warmGiBSecond)],
  ['collect-events, one warm instance of 1 CPU and 0.5 GiB', `${count(seconds)} s, idle`, seconds * (price.idleCpuSecond + 0.5 * price.idleGiBSecond)],
  ['Cloud Run: requests', `${count(requests)} requests`, (requests / 1e6) * price.millionRequests],
  ['Cloud Run: ingest-event at work', `${count(events)} events x 20 ms`, events * 0.02 * (price.busyCpuSecond + 0.5 * price.busyGiBSecond) / 40],
  ['Cloud Run: retrain-trigger at work', `${nights} x 20 min and ${hours} x 1 min of 8 CPUs, 32 GiB`, (nights * 1200 + hours * 60) * (8 * price.busyCpuSecond + 32 * price.busyGiBSecond)],
  ['Firestore: features, a read and a write an event', `${count(events)} x (read + write)`, events * (price.firestoreRead + price.firestoreWrite)],
  ['Firestore: features and lists read by slates', `${count(slates)} x 2 reads`, slates * 2 * price.firestoreRead],
  ['Firestore: lists written, found again and deleted', `${count(shoppers)} x ${nights} nights`, shoppers * nights * (price.firestoreWrite + price.firestoreRead + price.firestoreDelete)],
  ['Firestore: looks at the catalogue', `${count(catalogueReads)} reads`, catalogueReads * price.firestoreRead],
  ['Firestore: hourly features', `${count(featureReads)} reads`, featureReads * price.firestoreRead],
  ['BigQuery: rows streamed in', `${count(streamed)} rows`, streamed * price.streamedRow],
  ['BigQuery: queries, the first TiB free', `${readTiB.toFixed(1)} TiB`, Math.max(0, readTiB - price.freeQueryTiB) * price.queryTiB],
  ['BigQuery: storage of 90 days', `${storedGiB.toFixed(0)} GiB`, storedGiB * price.bigQueryGiBMonth],
  ['Pub/Sub: events and slates, in and out', `${passedTiB.toFixed(2)} TiB`, passedTiB * price.pubSubTiB],
];
const widths = [0, 1].map(column => Math.max(...lines.map(line => line[column].length)));
const show = (name, how, dollars) => console.log(`${name.padEnd(widths[0])}  ${how.padEnd(widths[1])}  ${`$${dollars.toFixed(2)}`.padStart(9)}`);
lines.forEach(line => show(...line));
show('a month', '', lines.reduce((sum, line) => sum + line[2], 0));

// SPDX-License-Identifier: MIT
// Does with OVHcloud's client what a user would; ends with an error where an answer is not as it should be.
'use strict';

const assert = require('assert');
const url = new URL(process.env.EMULATOR_URL);
const client = require('ovh')({
  host: url.hostname,
  port: Number(url.port),
  basePath: url.pathname,
  appKey: process.env.APPLICATION_KEY,
  appSecret: process.env.APPLICATION_SECRET,
  consumerKey: process.env.CONSUMER_KEY,
});

async function walk() {
  const project = process.env.PROJECT;
  assert((await client.requestPromised('GET', '/cloud/project')).includes(project));
  const database = `/cloud/project/${project}/database`;
  const made = await client.requestPromised('POST', `${database}/postgresql`, {
    description: 'Prüfung & more',
    plan: 'essential',
    version: '17',
    nodesPattern: { flavor: 'db1-4', number: 1, region: 'GRA' },
  });
  assert.strictEqual(made.description, 'Prüfung & more');
  const ids = await client.requestPromised('GET', `${database}/service`, { category: 'operational' });
  assert(ids.includes(made.id));
  await assert.rejects(
    client.requestPromised('PUT', `${database}/postgresql/${made.id}`, { description: 'too early' }),
    error => error.error === 409);
}

walk().catch(error => {
  console.error(error);
  process.exit(1);
});

// SPDX-License-Identifier: MIT
// Lets one address in at every service, one after another: a plain loop with OVHcloud's client. The milliseconds it took are printed.
'use strict';

const url = new URL(process.env.EMULATOR_URL);
const client = require('ovh')({
  host: url.hostname,
  port: Number(url.port),
  basePath: url.pathname,
  appKey: process.env.APPLICATION_KEY,
  appSecret: process.env.APPLICATION_SECRET,
  consumerKey: process.env.CONSUMER_KEY,
});

async function loop() {
  const database = `/cloud/project/${process.env.PROJECT}/database`;
  const begun = Date.now();
  for (const id of await client.requestPromised('GET', `${database}/service`)) {
    const path = `${database}/postgresql/${id}`;
    const service = await client.requestPromised('GET', path);
    await client.requestPromised('PUT', path, {
      ipRestrictions: [...service.ipRestrictions.map(({ ip, description }) => ({ ip, description })), { ip: '203.0.113.7/32', description: 'loop' }],
    });
  }
  console.log(Date.now() - begun);
}

loop().catch(error => {
  console.error(error);
  process.exit(1);
});

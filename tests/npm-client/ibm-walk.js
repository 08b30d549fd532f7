// SPDX-License-Identifier: MIT
// Does with IBM Cloud's client what a user would; ends with an error where an answer is not as it should be.
'use strict';

const assert = require('assert');
const { IamAuthenticator } = require('@ibm-cloud/platform-services/auth');
const ResourceController = require('@ibm-cloud/platform-services/resource-controller/v2');
const ResourceManager = require('@ibm-cloud/platform-services/resource-manager/v2');
const GlobalCatalog = require('@ibm-cloud/platform-services/global-catalog/v1');
const GlobalTagging = require('@ibm-cloud/platform-services/global-tagging/v1');
const Restrictions = require('@ibm-cloud/platform-services/context-based-restrictions/v1');

const base = process.env.EMULATOR_URL;
const authenticator = new IamAuthenticator({ apikey: process.env.API_KEY, url: `${base}/iam`, clientId: 'bx', clientSecret: 'bx' });
const service = (kind, path) => kind.newInstance({ authenticator, serviceUrl: base + path });
const controller = service(ResourceController, '/resource-controller');
const manager = service(ResourceManager, '/resource-controller');
const catalog = service(GlobalCatalog, '/globalcatalog/api/v1');
const tagging = service(GlobalTagging, '/tags');
const restrictions = service(Restrictions, '/cbr');

async function until(ask, isThere) {
  for (let tries = 0; tries < 3000; tries++) {
    const result = await ask();
    if (isThere(result)) {
      return result;
    }
    await new Promise(resolve => setTimeout(resolve, 10));
  }
  throw new Error('It took too long.');
}

const refused = (promise, status, text) => assert.rejects(promise, error => error.status === status && error.message.includes(text));

const stateOf = async id => (await controller.getResourceInstance({ id })).result;

async function findPlan() {
  const name = 'databases-for-postgresql';
  const services = (await catalog.listCatalogEntries({ q: name, include: '*' })).result.resources;
  const { id } = services.find(s => s.kind === 'service' && s.name === name);
  const plans = (await catalog.getChildObjects({ id, kind: 'plan' })).result.resources;
  return plans.find(p => p.name === 'standard-gen2').id;
}

async function walkInstance(resourceGroup, resourcePlanId) {
  const wanted = { name: 'walk', target: 'ca-mon', resourceGroup, resourcePlanId, tags: ['env:walk'] };
  await refused(
    controller.createResourceInstance({ ...wanted, parameters: { dataservices: { postgresql: { members: 5 } } } }),
    400,
    "invalid members '5', allowed values: 2, 3");
  const made = (await controller.createResourceInstance({
    ...wanted,
    parameters: { dataservices: { postgresql: { members: 2, storage_gb: 10, host_flavor: 'bx3d.4x20', version: '18' } } },
  })).result;
  assert.strictEqual(made.state, 'provisioning');
  await until(() => stateOf(made.id), i => i.state === 'active');
  const pager = new ResourceController.ResourceInstancesPager(controller, { limit: 1, resourceId: 'databases-for-postgresql' });
  assert((await pager.getAll()).some(i => i.guid === made.guid));
  assert.deepStrictEqual((await tagging.listTags({ attachedTo: made.crn })).result.items, [{ name: 'env:walk' }]);
  return made;
}

async function walkKey(source) {
  const made = (await controller.createResourceKey({
    name: 'walk', source, parameters: { role_crn: 'crn:v1:bluemix:public:iam::::serviceRole:Manager' },
  })).result;
  assert(/^ibmcloud_[0-9a-f]{32}$/.test(made.credentials.username));
  const found = await until(
    () => controller.listResourceKeysForInstance({ id: source }),
    list => list.result.resources.length === 1);
  assert.strictEqual(found.result.resources[0].credentials.password, made.credentials.password);
}

async function walkRestrictions(accountId, instance) {
  const zone = { name: 'walk', accountId, addresses: [{ type: 'subnet', value: '192.0.2.0/24' }] };
  const madeZone = (await restrictions.createZone(zone)).result;
  const rule = {
    contexts: [{ attributes: [{ name: 'networkZoneId', value: madeZone.id }, { name: 'endpointType', value: 'private' }] }],
    resources: [{
      attributes: [
        { name: 'accountId', value: accountId, operator: 'stringEquals' },
        { name: 'serviceInstance', value: instance, operator: 'stringEquals' },
        { name: 'serviceName', value: 'databases-for-postgresql', operator: 'stringEquals' },
      ],
    }],
    operations: { api_types: [{ api_type_id: 'crn:v1:bluemix:public:context-based-restrictions::::api-type:data-plane' }] },
  };
  await refused(restrictions.createRule({ ...rule, enforcementMode: 'report' }), 400, 'not available');
  const made = (await restrictions.createRule({ ...rule, enforcementMode: 'enabled' })).result;
  const got = await restrictions.getRule({ ruleId: made.id });
  const change = { ruleId: made.id, ...rule, enforcementMode: 'disabled' };
  await refused(restrictions.replaceRule({ ...change, ifMatch: 'wrong' }), 412, 'changed');
  const changed = (await restrictions.replaceRule({ ...change, ifMatch: got.headers.etag })).result;
  assert.strictEqual(changed.enforcement_mode, 'disabled');
  assert.strictEqual((await restrictions.listRules({ accountId, zoneId: madeZone.id })).result.count, 1);
  await restrictions.deleteRule({ ruleId: made.id });
  await restrictions.deleteZone({ zoneId: madeZone.id });
}

async function walkReclamation(instance) {
  await refused(controller.deleteResourceInstance({ id: instance.id }), 400, 'keys');
  await controller.deleteResourceInstance({ id: instance.id, recursive: true });
  const found = await until(
    () => controller.listReclamations({ resourceInstanceId: instance.guid }),
    list => list.result.resources.length === 1);
  const restored = (await controller.runReclamationAction({ id: found.result.resources[0].id, actionName: 'restore' })).result;
  assert.strictEqual(restored.state, 'RESTORING');
  await until(() => stateOf(instance.guid), i => i.state === 'active');
  await controller.deleteResourceInstance({ id: instance.id, recursive: true });
}

async function walk() {
  const accountId = process.env.ACCOUNT;
  const groups = (await manager.listResourceGroups({ accountId, _default: true })).result.resources;
  assert.strictEqual(groups.length, 1);
  const instance = await walkInstance(groups[0].id, await findPlan());
  await walkKey(instance.guid);
  await walkRestrictions(accountId, instance.guid);
  await walkReclamation(instance);
}

walk().catch(error => {
  console.error(error);
  process.exit(1);
});

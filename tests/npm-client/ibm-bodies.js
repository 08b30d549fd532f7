// SPDX-License-Identifier: MIT
// Has IBM Cloud's client send what PgCloud sends for the same acts, to a server that writes it down.
'use strict';

const { BearerTokenAuthenticator } = require('@ibm-cloud/platform-services/auth');
const ResourceController = require('@ibm-cloud/platform-services/resource-controller/v2');
const GlobalTagging = require('@ibm-cloud/platform-services/global-tagging/v1');
const Restrictions = require('@ibm-cloud/platform-services/context-based-restrictions/v1');

const authenticator = new BearerTokenAuthenticator({ bearerToken: 'a-token' });
const service = kind => kind.newInstance({ authenticator, serviceUrl: process.env.SERVER_URL });
const controller = service(ResourceController);
const restrictions = service(Restrictions);
const zone = {
  name: 'pgcloud-guid', accountId: 'account', description: 'of orders',
  addresses: [{ type: 'ipAddress', value: '203.0.113.7' }, { type: 'subnet', value: '10.1.0.0/24' }],
};

(async () => {
  await controller.createResourceInstance({
    name: 'orders', target: 'crn:deployment', resourceGroup: 'group', resourcePlanId: 'plan', tags: ['env:test'],
    parameters: { dataservices: { postgresql: { storage_gb: 40, members: 3, host_flavor: 'bx3d.8x40' } } },
  });
  await controller.updateResourceInstance({ id: 'guid', parameters: { dataservices: { postgresql: { storage_gb: 60 } } } });
  await controller.createResourceKey({
    name: 'ops', source: 'crn:instance', parameters: { role_crn: 'crn:v1:bluemix:public:iam::::serviceRole:Manager' },
  });
  await controller.runReclamationAction({ id: 'reclamation', actionName: 'restore', comment: 'why' });
  await restrictions.createZone(zone);
  await restrictions.replaceZone({ zoneId: 'zone', ifMatch: 'tag', ...zone });
  await restrictions.createRule({
    description: 'addresses of orders',
    contexts: [{ attributes: [{ name: 'networkZoneId', value: 'zone' }, { name: 'endpointType', value: 'private' }] }],
    resources: [{
      attributes: [
        { name: 'accountId', value: 'account', operator: 'stringEquals' },
        { name: 'serviceName', value: 'databases-for-postgresql', operator: 'stringEquals' },
        { name: 'serviceInstance', value: 'guid', operator: 'stringEquals' },
      ],
    }],
    operations: { api_types: [{ api_type_id: 'crn:v1:bluemix:public:context-based-restrictions::::api-type:data-plane' }] },
    enforcementMode: 'enabled',
  });
  await service(GlobalTagging).attachTag({ resources: [{ resource_id: 'crn:instance' }], tagNames: ['a', 'b'] });
})().catch(error => {
  console.error(error);
  process.exit(1);
});

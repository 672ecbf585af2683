import { Controller, Get, Param, UseFilters, UseInterceptors } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Require } from '../../../platform/access';
import { Config } from '../../../platform/config';
import { Refusal } from '../../../platform/refusal';
import { ScimAnswers, ScimErrors } from './scim-answers';
import { SCIM_ROOT } from './scim-bodies';
import { resourceTypes, schemas, serviceProviderConfig } from './scim-discovery';
import { type Json, listResponse, type ListResponse } from './scim-resource';

/** What a directory can learn of the service (RFC 7644, 4). */
@ApiExcludeController()
@Controller('scim/v2')
@UseFilters(ScimErrors)
@UseInterceptors(ScimAnswers)
export class ScimDiscoveryController {
  private readonly root: string;

  constructor(config: Config) {
    this.root = `${config.publicUrl}${SCIM_ROOT}`;
  }

  @Get('ServiceProviderConfig')
  @Require('provisioning')
  config(): Json {
    return serviceProviderConfig(this.root);
  }

  @Get('ResourceTypes')
  @Require('provisioning')
  types(): ListResponse {
    return all(resourceTypes(this.root));
  }

  @Get('ResourceTypes/:name')
  @Require('provisioning')
  type(@Param('name') name: string): Json {
    return one(resourceTypes(this.root), name);
  }

  @Get('Schemas')
  @Require('provisioning')
  schemas(): ListResponse {
    return all(schemas(this.root));
  }

  @Get('Schemas/:name')
  @Require('provisioning')
  schema(@Param('name') name: string): Json {
    return one(schemas(this.root), name);
  }
}

function all(resources: Json[]): ListResponse {
  return listResponse(resources, resources.length, { startIndex: 1, count: resources.length });
}

function one(resources: Json[], id: string): Json {
  const resource = resources.find((each) => each.id === id);
  if (!resource) throw new Refusal('not_found');
  return resource;
}

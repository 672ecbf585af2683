/** The part of OpenAPI 3.1 that we read and write; @nestjs/swagger's own types are of 3.0. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  description?: string;
  format?: string;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  examples?: unknown[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  [keyword: string]: unknown;
}

export interface Reference {
  $ref: string;
}

export interface Parameter {
  name: string;
  in: 'query' | 'header' | 'path' | 'cookie';
  required?: boolean;
  description?: string;
  schema?: Schema;
}

export interface Content {
  schema?: Schema;
  example?: unknown;
  examples?: Record<string, Reference>;
}

export interface Response {
  description: string;
  headers?: Record<string, Reference>;
  content?: Record<string, Content>;
}

export interface Operation {
  operationId: string;
  summary?: string;
  description?: string;
  tags?: string[];
  deprecated?: boolean;
  security?: Record<string, string[]>[];
  parameters?: (Parameter | Reference)[];
  requestBody?: { required?: boolean; description?: string; content: Record<string, Content> };
  /** Errors are references; the answers themselves are not. */
  responses: Record<string, Response | Reference>;
  [extension: `x-${string}`]: unknown;
}

export const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
export type Method = (typeof METHODS)[number];
export type PathItem = Partial<Record<Method, Operation>>;

export interface Description {
  openapi: string;
  info: Record<string, unknown>;
  servers?: { url: string; description: string }[];
  tags?: { name: string; description: string }[];
  security?: Record<string, string[]>[];
  paths: Record<string, PathItem>;
  webhooks?: Record<string, PathItem>;
  components: {
    schemas: Record<string, Schema>;
    securitySchemes?: Record<string, unknown>;
    parameters?: Record<string, Parameter>;
    responses?: Record<string, Response>;
    headers?: Record<string, { description: string; schema: Schema }>;
    examples?: Record<string, { summary: string; value: unknown }>;
  };
}

/** An operation and where it is. */
export interface Place {
  path: string;
  method: Method;
  operation: Operation;
}

/** All operations, path by path. */
export function placesOf(document: Description): Place[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      return operation ? [{ path, method, operation }] : [];
    }),
  );
}

/** What a reference to a schema of this document stands for. */
export function resolved(document: Description, schema: Schema): Schema {
  const name = schema.$ref?.replace('#/components/schemas/', '');
  return name === undefined ? schema : (document.components.schemas[name] ?? {});
}

export function isParameter(parameter: Parameter | Reference): parameter is Parameter {
  return 'name' in parameter;
}

/** The answers of an operation that are written out: all but its errors. */
export function answersIn(operation: Operation): [status: string, response: Response][] {
  return Object.entries(operation.responses).flatMap(([status, response]) =>
    '$ref' in response ? [] : [[status, response] as [string, Response]],
  );
}

import { Injectable } from '@nestjs/common';

/** Which fields a JSON answer has. `null`: no fields below it that are known by name. */
export interface AnswerShape {
  fields: ReadonlyMap<string, AnswerShape | null>;
}

/** What an operation answers with. */
export interface Answering {
  /** Undefined when it is no JSON, or no object. */
  shape?: AnswerShape;
  /** True when all it answers with is JSON or nothing: a picture, a file and a stream are not. */
  json: boolean;
  /** Operations that have a query parameter `fields` of their own keep it. */
  ownFields: boolean;
}

/** Tells what an operation answers with, from the API's own description, which is made when somebody first asks. */
@Injectable()
export class AnswerShapes {
  private source: () => ReadonlyMap<string, Answering> = () => new Map();
  private known: ReadonlyMap<string, Answering> | null = null;

  /** Called by the application, which has the description. */
  readFrom(source: () => ReadonlyMap<string, Answering>): void {
    this.source = source;
    this.known = null;
  }

  /** Undefined for an operation that is not described. */
  of(operationId: string): Answering | undefined {
    return (this.known ??= this.source()).get(operationId);
  }
}

/** The name of a route in the description: `LeadsController`, `list` → `leadsList`. */
export function operationIdOf(controller: string, method: string): string {
  const noun = controller.replace(/Controller$/, '');
  return `${noun.charAt(0).toLowerCase()}${noun.slice(1)}${method.charAt(0).toUpperCase()}${method.slice(1)}`;
}

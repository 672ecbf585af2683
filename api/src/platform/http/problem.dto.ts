import { ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { type Problem, type ProblemCode, PROBLEMS } from '@threadline/contracts';

export class ProblemFieldDto {
  @ApiProperty({ description: 'Where in the request, dotted.' })
  path: string;
  @ApiProperty({ description: 'What is wrong with it, for people.' })
  message: string;
}

/** RFC 9457 body of every error answer. */
export class ProblemDto implements Problem {
  @ApiProperty()
  type: string;
  @ApiProperty()
  title: string;
  @ApiProperty()
  status: number;
  @ApiProperty({ required: false })
  detail?: string;
  @ApiProperty()
  instance: string;
  @ApiProperty({ enum: Object.keys(PROBLEMS), description: 'A stable word a program can switch on.' })
  code: ProblemCode;
  @ApiProperty()
  requestId: string;
  @ApiProperty({ type: [ProblemFieldDto], required: false })
  errors?: ProblemFieldDto[];
  @ApiProperty({ required: false, description: 'With 409: the state that won.' })
  current?: unknown;
}

/** The content of error answers in the API's description. */
export const problemSchema = {
  content: { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemDto) } } },
};

import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, getSchemaPath } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Actor, CurrentActor, OpenWhileEnrolling, Public, Require } from '../../platform/access';
import { Refusal } from '../../platform/refusal';
import { UnitOfWork } from '../../platform/work';
import {
  LoginDto,
  MeDto,
  RefreshedDto,
  RegisterDto,
  RegistrationStateDto,
  SecondStepDueDto,
  SignedInDto,
} from './auth.dto';
import { answerOf } from './answer-of';
import { MembersQueries } from './members.queries';
import { RefreshCookie } from './refresh-cookie';
import { RegistrationDoor } from './registration-door';
import { cameFrom } from './came-from';
import { type SessionTokens, Sessions } from './sessions.service';
import { SignIn } from './sign-in.service';

@Controller('api/auth')
export class AuthController {
  constructor(
    private readonly registration: RegistrationDoor,
    private readonly signIn: SignIn,
    private readonly sessions: Sessions,
    private readonly cookie: RefreshCookie,
    private readonly work: UnitOfWork,
    private readonly queries: MembersQueries,
  ) {}

  /** Whether everybody may create a workspace here. */
  @Get('registration')
  @Public()
  registrationState(): RegistrationStateDto {
    return { open: this.registration.open };
  }

  /**
   * Creates a workspace and its owner, signed in, whether or not the address has an account: a link to confirm it is
   * mailed there, and until then it belongs to nobody. 403 `registration_closed` where the operator has closed it and the
   * request carries no token of a set-up link.
   */
  @Post('register')
  @Public()
  async register(
    @Body() body: RegisterDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedInDto> {
    this.cookie.refuseOtherSites(request);
    const { setupToken, workspaceName, ...person } = body;
    const { user, workspace, then } = await this.registration.register(person, workspaceName, {
      from: cameFrom(request),
      setupToken,
      answered: answerOf(reply),
    });
    if (!then) throw new Error('A registered person has no session');
    return { ...this.open(reply, then), user, workspace };
  }

  /**
   * Signs in. 401 `invalid_credentials`, whichever of the two was wrong. An account with a second factor is answered
   * `mfaRequired` and goes on with POST /api/auth/mfa/challenge.
   */
  @Post('login')
  @HttpCode(200)
  @Public()
  @ApiExtraModels(SignedInDto, SecondStepDueDto)
  @ApiOkResponse({
    schema: { oneOf: [{ $ref: getSchemaPath(SignedInDto) }, { $ref: getSchemaPath(SecondStepDueDto) }] },
  })
  async login(
    @Body() body: LoginDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedInDto | SecondStepDueDto> {
    this.cookie.refuseOtherSites(request);
    const answer = await this.signIn.signIn(body.email, body.password, cameFrom(request));
    if ('mfaRequired' in answer) return answer;
    const { user, workspace, tokens } = answer;
    return { ...this.open(reply, tokens), user, workspace };
  }

  /** Renews the access token by the refresh cookie, which is exchanged too. 401 `session_ended`. */
  @Post('refresh')
  @HttpCode(200)
  @Public()
  async refresh(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RefreshedDto> {
    const token = this.cookie.read(request);
    if (!token) throw new Refusal('unauthenticated');
    try {
      return this.open(reply, await this.sessions.refresh(token));
    } catch (error) {
      if (error instanceof Refusal && error.code === 'session_ended') this.cookie.clear(reply);
      throw error;
    }
  }

  /** Ends the session of the refresh cookie, everywhere and at once. */
  @Post('logout')
  @HttpCode(204)
  @Public()
  async logout(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    const token = this.cookie.read(request);
    if (token) await this.sessions.logout(token);
    this.cookie.clear(reply);
  }

  /** Who is signed in, where, and what they may do. */
  @Get('me')
  @Require('signed-in')
  @OpenWhileEnrolling()
  me(@CurrentActor() actor: Actor): Promise<MeDto> {
    return this.work.read(actor, (tx) => this.queries.me(tx));
  }

  private open(reply: FastifyReply, { accessToken, expiresIn, refreshToken }: SessionTokens): RefreshedDto {
    this.cookie.set(reply, refreshToken);
    return { accessToken, expiresIn };
  }
}

import type { Params } from 'nestjs-pino';
import type { Config } from '../config';

/** One JSON line an entry; requests by id, method, path and status only, so that no secret and no address gets in. */
export function loggerOptions(config: Config): Params {
  return {
    pinoHttp: {
      level: config.logLevel,
      quietReqLogger: true,
      autoLogging: { ignore: ({ url }) => !url?.startsWith('/api/') || url.startsWith('/api/outreach/') },
      customLogLevel: (_request, response, error) => (error || response.statusCode >= 500 ? 'warn' : 'debug'),
      serializers: {
        req: (request: { id: string; method: string; url: string }) => ({
          id: request.id,
          method: request.method,
          path: request.url.split('?')[0],
        }),
        res: (response: { statusCode: number }) => ({ status: response.statusCode }),
      },
    },
  };
}

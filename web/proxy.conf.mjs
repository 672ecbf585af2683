// The development server serves the pages; everything the API owns goes to the API that `npm run dev` started.
const target = process.env.THREADLINE_API ?? 'http://127.0.0.1:3000';

export default {
  '/api': { target },
  '/docs': { target },
  '/sdk': { target },
  '/health': { target },
  '/metrics': { target },
  '/socket.io': { target, ws: true },
};

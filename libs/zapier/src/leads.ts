import { at, type Bundle, filled, type Requests } from './zapier.types';

const STATUSES = ['new', 'contacted', 'qualified', 'converted', 'lost'];
const FIELDS = ['name', 'email', 'phone', 'company', 'title', 'status'] as const;

const SAMPLE = {
  id: '019bc0de-0000-7000-8000-000000000001',
  name: 'Lin Chen',
  email: 'lin@example.com',
  phone: '+49 30 901820',
  company: 'Example Ltd',
  title: 'Head of Sales',
  status: 'new',
};

const detail = [
  { key: 'email', label: 'Email', type: 'string' },
  { key: 'phone', label: 'Phone', type: 'string' },
  { key: 'company', label: 'Company', type: 'string' },
  { key: 'title', label: 'Job Title', type: 'string' },
  { key: 'status', label: 'Status', type: 'string', choices: STATUSES },
] as const;

/** What was filled in, and nothing else: what is left empty stays as it is. */
function wanted(bundle: Bundle): Record<string, unknown> {
  const fields = Object.fromEntries(
    FIELDS.flatMap((name) => [[name, filled(bundle, name)]]).filter(([, value]) => value),
  );
  const { tags } = bundle.inputData;
  return Array.isArray(tags) && tags.length > 0 ? { ...fields, tags: tags as unknown[] } : fields;
}

export const createLead = {
  key: 'create_lead',
  noun: 'Lead',
  display: { label: 'Create Lead', description: 'Adds a lead.' },
  operation: {
    inputFields: [
      { key: 'name', label: 'Name', type: 'string', required: true },
      ...detail,
      { key: 'tags', label: 'Tags', type: 'string', list: true },
    ],
    perform: async (z: Requests, bundle: Bundle) =>
      (await z.request({ method: 'POST', url: at(bundle, '/leads'), body: wanted(bundle) })).data,
    sample: SAMPLE,
  },
} as const;

export const updateLead = {
  key: 'update_lead',
  noun: 'Lead',
  display: { label: 'Update Lead', description: 'Changes the fields that are filled in, and leaves the others.' },
  operation: {
    inputFields: [
      {
        key: 'leadId',
        label: 'Lead ID',
        type: 'string',
        required: true,
        helpText: 'From a trigger, or from Find Lead.',
      },
      { key: 'name', label: 'Name', type: 'string' },
      ...detail,
      { key: 'tags', label: 'Tags', type: 'string', list: true, helpText: 'They replace the tags it has.' },
    ],
    perform: async (z: Requests, bundle: Bundle) => {
      const url = at(bundle, `/leads/${encodeURIComponent(filled(bundle, 'leadId') ?? '')}`);
      return (await z.request({ method: 'PATCH', url, body: wanted(bundle) })).data;
    },
    sample: SAMPLE,
  },
} as const;

export const findLead = {
  key: 'find_lead',
  noun: 'Lead',
  display: { label: 'Find Lead', description: 'Finds a lead by name, email address, company or phone number.' },
  operation: {
    inputFields: [{ key: 'query', label: 'Search For', type: 'string', required: true }],
    perform: async (z: Requests, bundle: Bundle) => {
      const params = { q: filled(bundle, 'query') ?? '', limit: 10 };
      const { data } = await z.request({ url: at(bundle, '/leads'), params });
      return (data as { items: unknown[] }).items;
    },
    sample: SAMPLE,
  },
} as const;

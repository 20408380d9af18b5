import { jsonSchemaOf } from './json-schema';
import { rateSection, telegramSection, wecomSection } from './testing/sample-sections';

it('describes nested sections as one closed object, as they are written in a file', () => {
  expect(jsonSchemaOf([rateSection, telegramSection, wecomSection])).toMatchObject({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    additionalProperties: false,
    properties: {
      rate_limiting: {
        description: 'How often one caller may ask.',
        additionalProperties: false,
        properties: { max_requests: { type: 'integer', minimum: 1, default: 50 } },
      },
      platforms: {
        additionalProperties: false,
        properties: { telegram: { description: 'Telegram.' }, wecom: { properties: { agent_id: { type: 'string' } } } },
      },
    },
  });
});

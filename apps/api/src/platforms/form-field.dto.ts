import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type FormField } from '#platforms/core';

const FIELD_TYPES: readonly FormField['type'][] = [
  'text',
  'url',
  'secret',
  'boolean',
  'select',
  'number',
  'texts',
  'lookup',
  'marks',
  'date',
  'time',
  'consent',
];

/** While another setting has one of these values. */
export class FieldConditionDto {
  @ApiProperty({ description: 'The name of the other setting.' })
  setting: string;
  @ApiProperty({ type: 'array', items: { oneOf: [{ type: 'string' }, { type: 'boolean' }] } })
  values: readonly (string | boolean)[];
}

/** What may not be chosen while another setting has one of these values. */
export class FieldBarDto extends FieldConditionDto {
  @ApiProperty({ description: 'Why not, for people.' })
  why: string;
}

/** One choice of a `select` field. */
export class FormOptionDto {
  @ApiProperty()
  value: string;
  @ApiProperty()
  label: string;
  @ApiPropertyOptional({ type: FieldBarDto, description: 'It may not be chosen then.' })
  barred?: FieldBarDto;
}

/** What people are told of a switch once it is on. */
export class FieldWhenOnDto {
  @ApiProperty()
  text: string;
  @ApiPropertyOptional({ type: FieldConditionDto, description: 'Not told then.' })
  unless?: FieldConditionDto;
}

/** Where what some words of a label name can be read. */
export class FormLinkDto {
  @ApiProperty()
  text: string;
  @ApiProperty({ format: 'uri' })
  url: string;
}

/** One field of a form: to connect an account, or for the settings of a post. */
export class FormFieldDto implements FormField {
  @ApiProperty()
  name: string;
  @ApiProperty()
  label: string;
  @ApiProperty({
    enum: FIELD_TYPES,
    description:
      '`texts` = a list of texts. `lookup` = `{value, label}` of what `GET /v1/channels/{id}/lookups/{name}` finds. `marks` = a ' +
      'list of `{media, x, y, text}`: names on images; `media` counts the files from 0, `x` and `y` are 0 to 1. `date` = ' +
      '`2026-12-31`; `time` = `18:30`; `consent` = `true`, which the person has to agree to by hand.',
  })
  type: FormField['type'];
  @ApiProperty()
  required: boolean;
  @ApiPropertyOptional()
  help?: string;
  @ApiPropertyOptional()
  placeholder?: string;
  @ApiPropertyOptional({
    type: [FormLinkDto],
    description: 'Of a `consent`: where what words of its label name can be read. Each `text` stands in the label.',
  })
  links?: readonly FormLinkDto[];
  @ApiPropertyOptional({ type: [FormOptionDto], description: 'The choices of a `select` field.' })
  options?: readonly FormOptionDto[];
  @ApiPropertyOptional({ oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }] })
  default?: string | number | boolean;
  @ApiPropertyOptional({ type: FieldBarDto, description: 'Of a `boolean`: it may not be switched on then.' })
  barred?: FieldBarDto;
  @ApiPropertyOptional({
    type: FieldWhenOnDto,
    description: 'Of a `boolean`: what people are told once it is on, and not before.',
  })
  whenOn?: FieldWhenOnDto;
  @ApiPropertyOptional({ type: 'integer', description: 'In UTF-16 units; of each item of `texts` and `marks`.' })
  maxLength?: number;
  @ApiPropertyOptional({ description: 'A `text` may have several lines.' })
  multiline?: boolean;
  @ApiPropertyOptional({ description: 'Of a `lookup`: an empty query finds everything that there is to choose from.' })
  listed?: boolean;
  @ApiPropertyOptional({
    description:
      'Of a `lookup`: the name of the setting whose choice decides what is found here. It is chosen anew after that one.',
  })
  dependsOn?: string;
  @ApiPropertyOptional({ description: 'Of a `number`.' })
  min?: number;
  @ApiPropertyOptional({ description: 'Of a `number`.' })
  max?: number;
  @ApiPropertyOptional({ type: 'integer', description: 'Of `texts` and `marks`.' })
  minItems?: number;
  @ApiPropertyOptional({ type: 'integer', description: 'Of `texts` and `marks`.' })
  maxItems?: number;
  @ApiPropertyOptional({ type: FieldConditionDto, description: 'Asked for and sent only then. Absent = always.' })
  when?: FieldConditionDto;
  @ApiPropertyOptional({ type: FieldConditionDto, description: 'Neither asked for nor sent then.' })
  unless?: FieldConditionDto;
  @ApiPropertyOptional({
    enum: ['image', 'video'],
    description:
      'Asked for and sent only with files of this kind; also while there is no file at all. Absent = with any.',
  })
  onlyWith?: 'image' | 'video';
}

import { ApiProperty } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import { IsInstant } from '../support/instant.validator.js';
import { LowerCase } from '../validators.js';

/** A time for which somebody is away, and who decides for them. */
export class SetAbsenceDto {
  @ApiProperty({ format: 'date-time', example: '2026-05-01T00:00:00+02:00' })
  @IsInstant()
  from: string;

  @ApiProperty({ format: 'date-time', description: 'From then on they decide themselves again.' })
  @IsInstant()
  until: string;

  @ApiProperty({
    format: 'uuid',
    description: 'A member who decides in their place, where their own role lets them approve. Not away in that time.',
  })
  @LowerCase()
  @IsUUID()
  delegateId: string;
}

class NamedMemberDto {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty()
  name: string;
}

export class AbsenceDto {
  @ApiProperty({ type: String, format: 'date-time' })
  from: Date;
  @ApiProperty({ type: String, format: 'date-time' })
  until: Date;
  @ApiProperty({ format: 'uuid' })
  delegateId: string;
  @ApiProperty({ type: NamedMemberDto, description: 'Who is away.' })
  user: NamedMemberDto;
  @ApiProperty({ type: NamedMemberDto, description: 'Who decides in their place.' })
  delegate: NamedMemberDto;
}

export class AbsencesDto {
  @ApiProperty({ type: [AbsenceDto] })
  data: AbsenceDto[];
}

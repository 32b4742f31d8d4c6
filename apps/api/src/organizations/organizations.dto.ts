import { ApiProperty } from '@nestjs/swagger';
import { ORGANIZATION_ROLES, type OrganizationRole } from '#accounts';
import { UserDto } from '../auth/auth.dto.js';

export class MemberDto extends UserDto {
  @ApiProperty({ enum: ORGANIZATION_ROLES })
  role: OrganizationRole;
  @ApiProperty({ type: String, format: 'date-time' })
  since: Date;
}

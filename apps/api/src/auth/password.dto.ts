import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length, MaxLength } from 'class-validator';
import { PASSWORD_MAX, PASSWORD_MIN } from '#accounts';

/** Longer than any token of ours, or password that anybody means. */
const TEXT_MAX = 1000;

export class AskForResetDto {
  @ApiProperty({ format: 'email', maxLength: 320 })
  @IsString()
  @Length(1, 320)
  email: string;
}

export class MailedTokenDto {
  @ApiProperty({ description: 'What stands behind “#” in the link of the mail.' })
  @IsString()
  @Length(1, TEXT_MAX)
  token: string;
}

export class ResetPasswordDto extends MailedTokenDto {
  @ApiProperty({ minLength: PASSWORD_MIN, maxLength: PASSWORD_MAX, description: 'Not the e-mail address.' })
  @IsString()
  @MaxLength(TEXT_MAX)
  password: string;
}

export class ChangePasswordDto {
  @ApiProperty()
  @IsString()
  @Length(1, TEXT_MAX)
  currentPassword: string;

  @ApiProperty({ minLength: PASSWORD_MIN, maxLength: PASSWORD_MAX, description: 'Not the e-mail address.' })
  @IsString()
  @MaxLength(TEXT_MAX)
  newPassword: string;
}

import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsString, Length } from 'class-validator';

export class ProofDto {
  @ApiProperty({ description: 'Your password, once more.' })
  @IsString()
  @Length(1, 1000)
  password: string;
}

export class NewSecondFactorDto {
  @ApiProperty({ description: 'Base 32, for typing where nothing can be scanned.' })
  secret: string;
  @ApiProperty({ description: '`otpauth://`, for an app on the same device.' })
  address: string;
  @ApiProperty({ description: 'The same as a QR code, in SVG.' })
  qrCode: string;
}

export class RecoveryCodesDto {
  @ApiProperty({ type: [String], description: 'Shown this once. Each is good for one sign-in without the app.' })
  recoveryCodes: string[];
}

export class SessionDto {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty({ example: 'Firefox on Windows' })
  device: string;
  @ApiProperty({ type: String, nullable: true, description: 'Where it signed in from.' })
  ip: string | null;
  @ApiProperty({ format: 'date-time' })
  signedInAt: string;
  @ApiProperty({ format: 'date-time', description: 'Accurate to a minute.' })
  lastSeenAt: string;
  @ApiProperty({ description: 'The one that asks.' })
  current: boolean;
}

export class SessionsDto {
  @ApiProperty({ type: [SessionDto] })
  data: SessionDto[];
}

export class FacebookSignInDto {
  @ApiProperty({ description: 'Whether people may sign in with Facebook here.' })
  available: boolean;
  @ApiProperty({ description: 'On the practice network: whoever is asked there is whoever they say.' })
  practice: boolean;
}

export class OutsidePersonDto {
  @ApiProperty()
  name: string;
  @ApiProperty({ type: String, nullable: true })
  email: string | null;
}

export class SignInOptionsDto {
  @ApiProperty({ type: FacebookSignInDto })
  facebook: FacebookSignInDto;
  @ApiProperty({
    type: OutsidePersonDto,
    nullable: true,
    description: 'Who came from Facebook with this browser and has no account yet, or has to show the password once.',
  })
  identity: OutsidePersonDto | null;
}

export class SecurityDto {
  @ApiProperty({ description: 'Whether your e-mail address is known to be yours.' })
  emailVerified: boolean;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Null without a second factor.' })
  secondFactorSince: string | null;
  @ApiProperty({ type: 'integer', description: 'How many recovery codes are left.' })
  recoveryCodes: number;
  @ApiProperty({ description: 'Whether your organization asks its members for a second factor.' })
  secondFactorRequired: boolean;
  @ApiProperty({ description: 'Whether you may sign in with Facebook.' })
  facebook: boolean;
}

export class RequireSecondFactorDto {
  @ApiProperty()
  @IsBoolean()
  required: boolean;
}

import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import {
  type AppCallbacks,
  type AppUse,
  type BudgetStanding,
  CLIENT_ID_MAX,
  CLIENT_SECRET_MAX,
  type InstallationApp,
  type PlatformOption,
  type VersionStanding,
  type WaySetup,
} from '#channels';

export class PutAppDto {
  @ApiProperty({ example: '1234567890', maxLength: CLIENT_ID_MAX, description: 'The app’s id at the platform.' })
  @IsString()
  @Length(1, CLIENT_ID_MAX)
  clientId: string;

  @ApiProperty({
    maxLength: CLIENT_SECRET_MAX,
    description: 'Its secret. It is stored encrypted and never shown again.',
  })
  @IsString()
  @Length(1, CLIENT_SECRET_MAX)
  clientSecret: string;
}

const STANDINGS = ['current', 'ending', 'ended'] as const satisfies VersionStanding['standing'][];
const OPTION_SET_BY = ['environment', 'default'] as const satisfies PlatformOption['setBy'][];

/** The version of the platform's API that requests name. */
export class VersionStandingDto implements VersionStanding {
  @ApiProperty({ example: '202609' })
  version: string;
  @ApiProperty({
    type: String,
    format: 'date',
    nullable: true,
    description: 'The platform answers it no longer from that day on; null where the platform has not said.',
  })
  endsOn: string | null;
  @ApiProperty({ type: 'integer', nullable: true, description: '0 on that day, negative after it.' })
  daysLeft: number | null;
  @ApiProperty({ enum: STANDINGS, description: '`ending` = within 60 days.' })
  standing: VersionStanding['standing'];
  @ApiProperty({
    type: String,
    nullable: true,
    example: 'LINKEDIN_API_VERSION',
    description: 'The environment variable that changes it; null where only an update of ClickPost does.',
  })
  variable: string | null;
  @ApiProperty({ format: 'uri' })
  docs: string;
}

/** What whoever runs the installation can say about the platform. */
export class PlatformOptionDto implements PlatformOption {
  @ApiProperty({ example: 'access' })
  name: string;
  @ApiProperty()
  label: string;
  @ApiProperty({ type: String, nullable: true })
  help: string | null;
  @ApiProperty({ example: 'PINTEREST_ACCESS', description: 'The environment variable that sets it.' })
  variable: string;
  @ApiProperty({ type: String, nullable: true, description: 'What counts, as it is written in the environment.' })
  value: string | null;
  @ApiProperty({ enum: OPTION_SET_BY })
  setBy: PlatformOption['setBy'];
}

/** What of a platform's daily budget is used by everybody here. */
export class BudgetStandingDto implements BudgetStanding {
  @ApiProperty({ example: 'uploads' })
  id: string;
  @ApiProperty({ example: 'videos uploaded by everybody here' })
  what: string;
  @ApiProperty({ type: 'integer' })
  used: number;
  @ApiProperty({ type: 'integer' })
  limit: number;
  @ApiProperty({ type: String, format: 'date-time', description: 'It is counted from nothing again then.' })
  resetsAt: Date;
  @ApiProperty({ format: 'uri' })
  docs: string;
}

export class AppUseDto implements AppUse {
  @ApiProperty({ example: 'facebook' })
  id: string;
  @ApiProperty({ example: 'Facebook' })
  name: string;
  @ApiProperty({ type: [String], description: 'The ways to connect that use it, where there are several.' })
  ways: string[];
  @ApiProperty({
    type: VersionStandingDto,
    nullable: true,
    description: 'Of a platform with several apps, told with the first; null where its requests name none.',
  })
  apiVersion: VersionStandingDto | null;
  @ApiProperty({ type: [PlatformOptionDto], description: 'Likewise.' })
  options: PlatformOptionDto[];
  @ApiProperty({
    type: [BudgetStandingDto],
    description: 'What is used today of what the platform allows this app. Empty where it counts nothing by the day.',
  })
  budgets: BudgetStandingDto[];
}

export class AppEntryDto {
  @ApiProperty({ description: 'The e-mail address of the operator.' })
  by: string;
  @ApiProperty({ format: 'date-time' })
  at: Date;
}

export class AppVariablesDto {
  @ApiProperty({ example: 'FACEBOOK_APP_ID' })
  id: string;
  @ApiProperty({ example: 'FACEBOOK_APP_SECRET' })
  secret: string;
}

export class AppCallbacksDto implements AppCallbacks {
  @ApiProperty({ type: String, nullable: true, description: 'Told when somebody takes the permission away.' })
  deauthorize: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'Told when somebody wants their data deleted.' })
  dataDeletion: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'Told news about accounts.' })
  webhook: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'What the platform repeats when it checks the webhook.' })
  verifyToken: string | null;
}

const SET_BY = ['environment', 'operator'] as const;

export class InstallationAppDto implements InstallationApp {
  @ApiProperty({ example: 'facebook' })
  name: string;
  @ApiProperty({ example: 'Facebook', description: 'The platform whose app it is.' })
  title: string;
  @ApiProperty({ type: [AppUseDto], description: 'What is connected with it.' })
  platforms: AppUseDto[];
  @ApiProperty({ description: 'Whether accounts can be connected with it.' })
  set: boolean;
  @ApiProperty({ enum: SET_BY, nullable: true, description: 'What counts: a variable wins over what was entered.' })
  setBy: (typeof SET_BY)[number] | null;
  @ApiProperty({ type: String, nullable: true })
  clientId: string | null;
  @ApiProperty({ description: 'The secret that was entered cannot be read any more: enter it again.' })
  unreadable: boolean;
  @ApiProperty({ type: AppEntryDto, nullable: true, description: 'Who entered it last.' })
  entered: AppEntryDto | null;
  @ApiProperty({ type: AppVariablesDto, description: 'The environment variables that set it.' })
  variables: AppVariablesDto;
  @ApiProperty({ type: [String], description: 'Addresses that the platform has to know to send people back to.' })
  redirectUris: string[];
  @ApiProperty({ type: AppCallbacksDto, description: 'Addresses under which the platform tells of people who leave.' })
  callbacks: AppCallbacksDto;
}

export class InstallationAppsDto {
  @ApiProperty({ type: [InstallationAppDto] })
  data: InstallationAppDto[];
}

export class WaySetupDto implements WaySetup {
  @ApiProperty({ example: 'instagram', description: 'An `id` of `GET /v1/platforms`.' })
  platform: string;
  @ApiProperty({ type: String, nullable: true, description: 'Which of its ways to connect; null where there is one.' })
  way: string | null;
  @ApiProperty({ example: 'instagram', description: 'The app that it needs.' })
  app: string;
  @ApiProperty({ description: 'Whether this installation has that app, so that real accounts can be connected.' })
  set: boolean;
}

export class SetupDto {
  @ApiProperty({ type: [WaySetupDto] })
  data: WaySetupDto[];
}

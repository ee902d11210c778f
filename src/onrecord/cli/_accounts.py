"""`onrecord accounts`: who may use the workbench of a team, and the tokens of their programs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli._failure import Code, Failure
from onrecord.cli._options import FormatOption, LedgerOption, WhoOption, examples, opened, whoever
from onrecord.cli._output import note, show_json, show_table, write

if TYPE_CHECKING:
    from onrecord.team import Team


class RoleName(StrEnum):
    """What somebody may do, as Typer takes a list of choices."""

    READER = "reader"
    REVIEWER = "reviewer"
    ADMINISTRATOR = "administrator"


NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="The account's name.")]
RoleOption = Annotated[
    RoleName, typer.Option("--role", help="A reviewer also judges, an administrator says who may.")
]
StdinOption = Annotated[
    bool, typer.Option("--stdin", help="Read the password from standard input instead of asking for it.")
]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    group = typer.Typer(no_args_is_help=True)
    group.callback(
        epilog=examples(
            "onrecord accounts add anna --role administrator",
            "onrecord accounts list",
            "onrecord accounts token add anna --for 'nightly export' --role reader",
        )
    )(accounts)
    tokens = typer.Typer(no_args_is_help=True)
    tokens.callback(
        epilog=examples("onrecord accounts token add anna --for export", "onrecord accounts token list")
    )(token)
    for parent, name, command, lines in (
        (
            group,
            "add",
            add,
            (
                "onrecord accounts add anna --role administrator",
                "pass show record/bo | onrecord accounts add bo --role reviewer --stdin",
            ),
        ),
        (
            group,
            "list",
            list_accounts,
            (
                "onrecord accounts list",
                "onrecord accounts list --log",
                "onrecord accounts list --format json",
            ),
        ),
        (group, "role", role, ("onrecord accounts role bo administrator",)),
        (group, "password", password, ("onrecord accounts password bo",)),
        (group, "disable", disable, ("onrecord accounts disable bo",)),
        (group, "enable", enable, ("onrecord accounts enable bo",)),
        (
            tokens,
            "add",
            add_token,
            (
                "onrecord accounts token add anna --for 'nightly export'",
                "onrecord accounts token add anna --for visit --role reader --days 7",
            ),
        ),
        (tokens, "list", list_tokens, ("onrecord accounts token list", "onrecord accounts token list anna")),
        (tokens, "revoke", revoke_token, ("onrecord accounts token revoke 3",)),
    ):
        parent.command(name, epilog=examples(*lines))(command)
    group.add_typer(tokens, name="token")
    app.add_typer(group, name="accounts")


def accounts() -> None:
    """Who may use the workbench (`onrecord serve`). With the first account everybody has to sign in."""


def token() -> None:
    """Tokens with which programs ask the HTTP API in the name of an account."""


def add(
    ctx: typer.Context,
    name: NameArgument,
    role: RoleOption,
    email: Annotated[
        str | None, typer.Option("--email", metavar="ADDRESS", help="Where messages go.", show_default=False)
    ] = None,
    stdin: StdinOption = False,
    who: WhoOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Make an account. The first must be an administrator's.

    The password is asked for and not shown. Names are never given twice, since judgements are signed with
    them.
    """
    from onrecord.team import Accounts

    with _team(ctx, ledger) as team:
        made = Accounts(team).add(name, role.value, password=_password(stdin), email=email, by=whoever(who))
    note(f"{made.name} is {made.role}.")


def list_accounts(
    ctx: typer.Context,
    log: Annotated[
        bool, typer.Option("--log", help="What was done with accounts instead, the last first.")
    ] = False,
    output: FormatOption = "terminal",
    ledger: LedgerOption = None,
) -> None:
    """List the accounts, or what was done with them and by whom."""
    from onrecord.team import Accounts

    with _team(ctx, ledger) as team:
        held, deeds = Accounts(team).all(), Accounts(team).log(1000) if log else ()
    if log:
        rows = [(f"{one.at:%Y-%m-%d %H:%M}", one.who, one.account, one.what, one.detail) for one in deeds]
        headings = ("when", "who", "account", "what", "detail")
        if output == "json":
            moments = (one.at.isoformat() for one in deeds)
            show_json(
                [
                    dict(zip(headings, (at, *row[1:]), strict=True))
                    for at, row in zip(moments, rows, strict=True)
                ]
            )
        else:
            show_table(headings, rows)
    elif output == "json":
        from onrecord.team import account_fields

        show_json([account_fields(one) for one in held])
    elif held:
        show_table(
            ("name", "role", "e-mail", "made", "state"),
            [
                (
                    one.name,
                    one.role,
                    one.email or "",
                    f"{one.made:%Y-%m-%d}",
                    f"disabled {one.disabled:%Y-%m-%d}" if one.disabled else "",
                )
                for one in held
            ],
        )
    else:
        note("There are no accounts. Make one: onrecord accounts add NAME --role administrator")


def role(
    ctx: typer.Context,
    name: NameArgument,
    role: Annotated[RoleName, typer.Argument(metavar="ROLE", help="reader, reviewer or administrator.")],
    who: WhoOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Give an account another role, from its next request on. The last administrator stays one."""
    from onrecord.team import Accounts

    with _team(ctx, ledger) as team:
        changed = Accounts(team).set_role(name, role.value, by=whoever(who))
    note(f"{changed.name} is {changed.role}.")


def password(
    ctx: typer.Context,
    name: NameArgument,
    stdin: StdinOption = False,
    who: WhoOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Give an account another password, and end its sessions."""
    from onrecord.team import Accounts

    with _team(ctx, ledger) as team:
        Accounts(team).get(name)
        changed = Accounts(team).set_password(name, _password(stdin), by=whoever(who))
    note(f"{changed.name} has another password, and is signed out everywhere.")


def disable(
    ctx: typer.Context, name: NameArgument, who: WhoOption = None, ledger: LedgerOption = None
) -> None:
    """Let nobody in under that name any more: sessions end, tokens do not hold. What they did stays."""
    from onrecord.team import Accounts

    with _team(ctx, ledger) as team:
        changed = Accounts(team).disable(name, by=whoever(who))
    note(f"{changed.name} is disabled.")


def enable(
    ctx: typer.Context, name: NameArgument, who: WhoOption = None, ledger: LedgerOption = None
) -> None:
    """Let them in again; tokens that were not revoked hold again."""
    from onrecord.team import Accounts

    with _team(ctx, ledger) as team:
        changed = Accounts(team).enable(name, by=whoever(who))
    note(f"{changed.name} may sign in.")


def add_token(
    ctx: typer.Context,
    name: NameArgument,
    purpose: Annotated[str, typer.Option("--for", metavar="TEXT", help="What the token is for.")],
    role: Annotated[
        RoleName | None,
        typer.Option("--role", help="At most the account's own, which it is otherwise.", show_default=False),
    ] = None,
    days: Annotated[
        int | None,
        typer.Option(
            "--days", min=1, help="How long it holds; else until it is revoked.", show_default=False
        ),
    ] = None,
    who: WhoOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Make a token and print it. It is shown this once: only a hash of it is kept."""
    from onrecord.team import Accounts, Tokens

    with _team(ctx, ledger) as team:
        account = Accounts(team).get(name)
        made = Tokens(team).add(
            account, purpose, role=role.value if role else None, days=days, by=whoever(who)
        )
    write(f"{made}\n")
    note("Keep it where others can't read it; it is not shown again.")


def list_tokens(
    ctx: typer.Context,
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Only this account's.", show_default=False)
    ] = None,
    output: FormatOption = "terminal",
    ledger: LedgerOption = None,
) -> None:
    """List the tokens, the last made first, with the day on which each was last used."""
    from onrecord.team import Accounts, Tokens

    with _team(ctx, ledger) as team:
        account = Accounts(team).get(name).id if name is not None else None
        held = Tokens(team).of(account)
    if output == "json":
        from onrecord.team import token_fields

        show_json([token_fields(one) for one in held])
        return
    show_table(
        ("id", "account", "for", "role", "made", "used", "state"),
        [
            (
                str(one.id),
                one.account,
                one.name,
                one.role,
                f"{one.made:%Y-%m-%d}",
                one.used or "",
                f"revoked {one.revoked:%Y-%m-%d}"
                if one.revoked
                else f"until {one.expires:%Y-%m-%d}"
                if one.expires
                else "",
            )
            for one in held
        ],
    )


def revoke_token(
    ctx: typer.Context,
    id: Annotated[int, typer.Argument(metavar="ID", min=1, help="The token's number in the list.")],
    who: WhoOption = None,
    ledger: LedgerOption = None,
) -> None:
    """Have a token hold no longer."""
    from onrecord.team import Tokens

    with _team(ctx, ledger) as team:
        Tokens(team).revoke(id, by=whoever(who))
    note(f"Token {id} holds no longer.")


@contextmanager
def _team(ctx: typer.Context, ledger: str | None) -> Iterator[Team]:
    """The team of the ledger that is named, which must be there. What is wrong becomes a `Failure`."""
    from onrecord.team import AccountError, Team, UnknownAccount

    with opened(ctx, ledger):
        try:
            with Team(ledger or ctx.obj) as team:
                yield team
        except UnknownAccount as error:
            raise Failure(Code.NOT_FOUND, str(error)) from error
        except AccountError as error:
            raise Failure(Code.REFUSED, str(error)) from error


def _password(stdin: bool) -> str:
    """The password, asked for twice without showing it, or the first line of standard input."""
    import getpass

    if stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise Failure(Code.USAGE, "no terminal to ask for the password. Give it with --stdin.")
    found = getpass.getpass("Password: ")
    if getpass.getpass("Again: ") != found:
        raise Failure(Code.USAGE, "the two are not the same. Nothing was changed.")
    return found

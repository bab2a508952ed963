"use client";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import type { GivenLink, Invited, Person, PersonActed, PersonSession } from "#server/contracts/api/people.ts";
import type { Proposed } from "#server/contracts/api/proposals.ts";
import type { PersonVerbName } from "#server/contracts/person-verbs.ts";
import type { OfferedProvider, ProviderId } from "#server/contracts/single-sign-on.ts";
import { wasProposed } from "#server/contracts/was-proposed.ts";
import { reread } from "../live/reread.ts";
import { fetchJson, type JsonInit } from "../ui/fetch-json.ts";
import { useAct } from "../ui/use-act.ts";
import { PEOPLE_KEY } from "./use-people.ts";

/** Everything that the panel of a person offers. */
export type ActName = PersonVerbName | "end-session" | "reissue" | "withdraw";

/** What is to be done, before it has its reason. */
export interface ActCall {
  readonly name: ActName;
  readonly person: Person;
  /** To be given, for `role`. */
  readonly role?: string;
  /** To be left, for `unjoin`. */
  readonly provider?: ProviderId;
  /** By which people may sign in, for `join`. */
  readonly offered?: readonly OfferedProvider[];
  /** To be ended, for `end-session`. */
  readonly session?: PersonSession;
}

/** An act with all that the dialog asks for. */
export interface ActGiven {
  readonly call: ActCall;
  readonly reason: string;
  /** What the verb is told besides. */
  readonly given: Readonly<Record<string, unknown>>;
}

/** A link, and whom it is for. */
export interface ShownLink {
  readonly name: string;
  readonly email: string;
  readonly link: GivenLink;
}

/** Does one act to one account; a link that comes of it is handed on to be shown. */
export function usePersonAct(onDone: (link: ShownLink | null) => void) {
  const t = useTranslations("people.dialog.done");
  const shell = useTranslations("shell");
  const client = useQueryClient();
  return useAct({
    mutationFn: ({ call, reason, given }: ActGiven) => {
      const { path, method = "POST" } = addressOf(call);
      return fetchJson<(Pick<PersonActed, "name"> & Partial<Invited>) | Proposed>(path, {
        method,
        body: { ...given, reason },
      });
    },
    onSuccess: (answer, { call }) => {
      if (wasProposed(answer)) {
        notifications.show({ message: shell("waits") });
        return onDone(null);
      }
      const { link, name, email = "" } = answer;
      notifications.show({ message: t(call.name, { name }) });
      onDone(link ? { name, email, link } : null);
    },
    onSettled: () => reread(client, { queryKey: PEOPLE_KEY }),
  });
}

function addressOf({ name, person, session }: ActCall): Pick<JsonInit, "method"> & { readonly path: string } {
  const id = encodeURIComponent(person.id);
  switch (name) {
    case "reissue":
      return { path: `/api/v1/people/invitations/${id}/reissue` };
    case "withdraw":
      return { path: `/api/v1/people/invitations/${id}`, method: "DELETE" };
    case "end-session":
      return { path: `/api/v1/people/${id}/sessions/${encodeURIComponent(session?.id ?? "")}/end` };
    default:
      return { path: `/api/v1/people/${id}/${name}` };
  }
}

/** Whom to invite, as entered. */
export interface InvitationEntered {
  readonly name: string;
  readonly email: string;
  readonly role: string;
  readonly segments: readonly string[];
  readonly reason?: string;
}

/** Invites somebody. */
export function useInvite(onDone: (link: ShownLink) => void) {
  const client = useQueryClient();
  return useAct({
    mutationFn: (body: InvitationEntered) =>
      fetchJson<Invited>("/api/v1/people/invitations", { method: "POST", body }),
    onSuccess: onDone,
    onSettled: () => reread(client, { queryKey: PEOPLE_KEY }),
  });
}

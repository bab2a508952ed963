"use client";
import {
  type UseMutateFunction,
  type UseMutationOptions,
  type UseMutationResult,
  useMutation,
} from "@tanstack/react-query";
import { useRef } from "react";

type Act<Data, Given> = Omit<UseMutationResult<Data, Error, Given>, "mutateAsync">;

/** A mutation that a second press does nothing to while the first has not been answered: nobody is told of their own haste. */
export function useAct<Data, Given = void>(
  options: UseMutationOptions<Data, Error, Given>,
): Act<Data, Given> {
  const isUnderWay = useRef(false);
  const mutation = useMutation<Data, Error, Given>({
    ...options,
    onSettled: (...settled) => {
      isUnderWay.current = false;
      return options.onSettled?.(...settled);
    },
  });
  const mutate: UseMutateFunction<Data, Error, Given> = (...given) => {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    mutation.mutate(...given);
  };
  return { ...mutation, mutate };
}

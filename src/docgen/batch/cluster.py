"""A Dask cluster in the place of the pool: the one door to `distributed`, which is installed with docgen[dask].

Workers see the same folders under the same names and have the same docgen; papers come back to who asked and are
written there.
"""

from __future__ import annotations

from concurrent.futures import Executor


class NoCluster(Exception):  # noqa: N818 - it says what there is, not what went wrong inside
    """The cluster cannot be had; the text says why."""


class Cluster:
    """The workers of a Dask scheduler. Dask itself asks another worker when one dies."""

    def __init__(self, address: str) -> None:
        try:
            from distributed import Client
        except ImportError:
            raise NoCluster("distributed is not installed here: pip install 'docgen[dask]'") from None
        try:
            self._client = Client(address, timeout="10s", set_as_default=False)
        except (OSError, ValueError, TypeError, RuntimeError, ImportError) as error:  # by the kind of address
            raise NoCluster(f"no scheduler answers at {address}: {str(error)[:200]}") from None
        self.workers = max(1, sum(self._client.nthreads().values()))

    def executor(self) -> Executor:
        executor: Executor = self._client.get_executor(pure=False)
        return executor

    def renew(self) -> None:
        """Dask starts its own workers anew."""

    def is_death(self, error: BaseException) -> bool:
        from distributed import KilledWorker

        return isinstance(error, KilledWorker)

    def close(self) -> None:
        self._client.close()

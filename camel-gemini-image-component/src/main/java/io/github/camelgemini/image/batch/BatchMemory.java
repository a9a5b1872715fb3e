package io.github.camelgemini.image.batch;

import io.github.camelgemini.image.budget.BudgetRepository;
import io.github.camelgemini.image.error.InvalidRequestException;
import io.github.camelgemini.image.request.RequestDigest;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Service;
import org.apache.camel.util.ObjectHelper;

/** Finds the repositories that endpoints of a component store batches in, by their options. */
public final class BatchMemory {

    private final Map<Account, BatchRepository> inMemory = new ConcurrentHashMap<>();

    /**
     * The options that choose a repository.
     *
     * @param repository option {@code batchRepository}, or null
     * @param folder option {@code batchFolder}, or null
     */
    public record Choice(BatchRepository repository, String folder) {}

    /**
     * The account that batches belong to. One account does not see the jobs of another, and unknown jobs may count as
     * lost.
     *
     * @param digest of the credentials, which are not stored
     * @param client a client with its own credentials, or null
     */
    public record Account(String digest, Object client) {

        /**
         * @param credentials and other data that distinguishes accounts; null where there is none
         */
        public static Account of(List<String> credentials, Object client) {
            return new Account(RequestDigest.of(credentials), client);
        }
    }

    /**
     * The repository of an endpoint, ready for use.
     *
     * @param account keeps batches of different accounts apart in the heap; a repository named in options belongs to
     *     one account
     * @param endpoint options of the endpoint
     * @param component options of the component, for what the endpoint does not set
     * @param camelContext starts and stops a repository that is a service
     * @throws InvalidRequestException when the options contradict each other, or the folder cannot be used
     */
    public BatchRepository repository(Account account, Choice endpoint, Choice component, CamelContext camelContext) {
        Choice choice = endpoint;
        if (choice.repository() != null && ObjectHelper.isNotEmpty(choice.folder())) {
            boolean ownFolder = !choice.folder().equals(component.folder());
            boolean ownRepository = choice.repository() != component.repository();
            if (ownFolder == ownRepository) {
                throw new InvalidRequestException("batchRepository and batchFolder are both set, but batches are"
                        + " stored in one place. Remove one of them");
            }
            choice = ownFolder ? new Choice(null, choice.folder()) : new Choice(choice.repository(), null);
        }
        if (choice.repository() != null) {
            return started(choice.repository(), "batchRepository", camelContext);
        }
        return ObjectHelper.isEmpty(choice.folder())
                ? inMemory.computeIfAbsent(account, of -> new InMemoryBatchRepository())
                : inFolder(choice.folder(), "batchFolder");
    }

    /**
     * The repository for the budget of a component, ready for use.
     *
     * @param repository option {@code budgetRepository}, or null
     * @param folder option {@code budgetFolder}, or null
     * @return null to keep the budget in the heap of this process
     * @throws InvalidRequestException when both are set, or the folder cannot be used
     */
    public static BudgetRepository budget(BudgetRepository repository, String folder, CamelContext camelContext) {
        if (repository != null && ObjectHelper.isNotEmpty(folder)) {
            throw new InvalidRequestException(
                    "budgetRepository and budgetFolder are both set, but a budget is stored in one"
                            + " place. Remove one of them");
        }
        if (repository != null) {
            started(repository instanceof BudgetRow row ? row.rows() : repository, "budgetRepository", camelContext);
            return repository;
        }
        return ObjectHelper.isEmpty(folder) ? null : new BudgetRow(inFolder(folder, "budgetFolder"));
    }

    /** Stopped with the context and not earlier, since other endpoints may use it. */
    private static <T> T started(T repository, String option, CamelContext camelContext) {
        CamelContextAware.trySetCamelContext(repository, camelContext);
        if (repository instanceof Service service && !camelContext.hasService(service)) {
            try {
                camelContext.addService(service, true, true);
            } catch (Exception e) {
                throw new InvalidRequestException(option + " cannot be started: " + e.getMessage(), e);
            }
        }
        return repository;
    }

    private static BatchRepository inFolder(String folder, String option) {
        try {
            return new FileBatchRepository(Path.of(folder));
        } catch (IOException | InvalidPathException e) {
            throw new InvalidRequestException(option + " " + folder + " cannot be used: " + e, e);
        }
    }
}

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

/** Where the endpoints of a component have their batches remembered, by their options. */
public final class BatchMemory {

    private final Map<Account, BatchRepository> inMemory = new ConcurrentHashMap<>();

    /**
     * What options say.
     *
     * @param repository option {@code batchRepository}, or null
     * @param folder option {@code batchFolder}, or null
     */
    public record Choice(BatchRepository repository, String folder) {}

    /**
     * Whose batches they are. Jobs of one account are unknown to another, and what is unknown may count as lost.
     *
     * @param digest of the credentials, which are not kept
     * @param client a client that has credentials of its own, or null
     */
    public record Account(String digest, Object client) {

        /** @param credentials and what else tells accounts apart; null where there is none */
        public static Account of(List<String> credentials, Object client) {
            return new Account(RequestDigest.of(credentials), client);
        }
    }

    /**
     * The repository of an endpoint, which is ready for use.
     *
     * @param account whose batches are kept apart from those of others in the heap; a repository that is named is of one account
     * @param endpoint its options, with those of the component where it has none of its own
     * @param component the options of the component
     * @param camelContext that starts and stops a repository which is a service
     * @throws InvalidRequestException when they contradict each other, or the folder cannot be used
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
     * Where the budget of a component is kept, ready for use.
     *
     * @param repository option {@code budgetRepository}, or null
     * @param folder option {@code budgetFolder}, or null
     * @return null for the memory of this process
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

    /** Stopped with the context, since other endpoints may have it as well. */
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

package io.github.camelgemini.image.batch;

class InMemoryBatchRepositoryTest extends BatchRepositoryContract implements DeliveredContract {

    @Override
    BatchRepository open() {
        return new InMemoryBatchRepository();
    }

    @Override
    public BatchRepository repository() {
        return repository;
    }

    @Override
    public void reopen() {
        // It is nowhere else.
    }
}

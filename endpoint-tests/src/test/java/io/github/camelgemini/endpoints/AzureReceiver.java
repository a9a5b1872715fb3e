package io.github.camelgemini.endpoints;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.BlobItem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Azurite, Microsoft's own stand-in for Azure's blobs, in a process of its own. Needs Node.js with npm. */
public final class AzureReceiver implements Receiver {

    private static final Path SOURCE = Path.of("src/test/azurite");
    private static final Path WORK = Path.of("target/azurite");
    private static final long INSTALL_MINUTES = 5;
    private static final String ACCOUNT = "devstoreaccount1";

    private final Path data = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "blobs");
    private final int port = WebReceiver.freePort();
    private final ServerProcess process;
    private final BlobContainerClient container;

    AzureReceiver() throws IOException, InterruptedException {
        assumeTrue(runs("npm", "--version"), "Node.js with npm is not installed, so there is no Azurite");
        install();
        process = ServerProcess.start(
                "azurite",
                List.of(
                        "node",
                        WORK.resolve("node_modules/azurite/dist/src/blob/main.js")
                                .toString(),
                        "--blobHost",
                        "localhost",
                        "--blobPort",
                        String.valueOf(port),
                        "--location",
                        data.toString(),
                        "--disableTelemetry",
                        "--skipApiVersionCheck"));
        process.await("successfully (listen)");
        container = client(port).createBlobContainerIfNotExists("pictures");
    }

    /** For the sending JVM as well, where it is a bean. */
    public static BlobServiceClient client(int port) {
        // The account and the key that Azurite has, which are published.
        return new BlobServiceClientBuilder()
                .connectionString("DefaultEndpointsProtocol=http;AccountName=" + ACCOUNT
                        + ";AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;"
                        + "BlobEndpoint=http://localhost:" + port + "/" + ACCOUNT)
                .buildClient();
    }

    private static void install() throws IOException, InterruptedException {
        Files.createDirectories(WORK);
        boolean installed = Files.exists(WORK.resolve("node_modules/azurite"))
                && Files.mismatch(SOURCE.resolve("package-lock.json"), WORK.resolve("package-lock.json")) < 0;
        if (installed) {
            return;
        }
        try (Stream<Path> files = Files.list(SOURCE)) {
            for (Path file : files.toList()) {
                Files.copy(file, WORK.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        assumeTrue(
                runs("npm", "ci", "--ignore-scripts", "--no-progress"),
                "npm could not install Azurite, see target/azurite/npm.txt");
    }

    private static boolean runs(String... command) throws IOException, InterruptedException {
        Files.createDirectories(WORK);
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(WORK.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(WORK.resolve("npm.txt").toFile())
                    .start();
        } catch (IOException absent) {
            return false;
        }
        if (!process.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            return false;
        }
        return process.exitValue() == 0;
    }

    @Override
    public Map<String, String> properties() {
        return Map.of(
                "azure.account",
                ACCOUNT,
                "camel.beans.blobServiceClient",
                "#class:" + AzureReceiver.class.getName() + "#client(" + port + ")");
    }

    @Override
    public Optional<Received> take() throws IOException {
        Optional<Received> received = Optional.empty();
        for (BlobItem item : container.listBlobs()) {
            BlobClient blob = container.getBlobClient(item.getName());
            received = Optional.of(
                    Received.of(blob.openInputStream(), item.getProperties().getContentType()));
            blob.delete();
        }
        return received;
    }

    @Override
    public void close() throws IOException {
        process.close();
        new Folder(data).close();
    }
}

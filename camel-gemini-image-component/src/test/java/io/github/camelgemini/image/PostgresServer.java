package io.github.camelgemini.image;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The installed PostgreSQL server, for tests: one for all tests, on a free port of this machine, with its files in a
 * temporary folder. It refuses to run as root, so the user of its package is used then. Tests are skipped where it is
 * not installed.
 */
public final class PostgresServer implements BeforeEachCallback {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(PostgresServer.class);
    private static final String USER = "postgres";
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private Running running;

    @Override
    public void beforeEach(ExtensionContext context) {
        Optional<Path> programs = programs();
        assumeTrue(programs.isPresent(), "The server of PostgreSQL is not installed, so nothing can be kept in it");
        running = context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Running.class, key -> Running.start(programs.get()), Running.class);
    }

    /** Where Debian, other Linux systems and Homebrew have them; of several the newest. */
    private static Optional<Path> programs() {
        Stream<Path> onPath =
                Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(Path::of);
        return Stream.concat(onPath, ofDebian().stream())
                .filter(folder -> Files.isExecutable(folder.resolve("initdb")))
                .findFirst();
    }

    private static List<Path> ofDebian() {
        Path versions = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(versions)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(versions)) {
            return found.map(version -> version.resolve("bin"))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @return the JDBC address of a database that nobody else has, with the user in it */
    public String newDatabase() throws SQLException {
        String name = "test" + DATABASES.incrementAndGet();
        try (Connection connection = dataSource(running.url(USER)).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return running.url(name);
    }

    /** The tables of an aggregation repository by the name of batches, as the documentation has them. */
    public static void createTables(String url) throws SQLException, IOException {
        try (Connection connection = dataSource(url).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(Files.readString(Path.of("src/test/resources/batches-postgresql.sql")));
        }
    }

    /** Opens a connection each time. */
    public static PGSimpleDataSource dataSource(String url) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(url);
        return database;
    }

    /** The server; closed by JUnit after the last test. */
    private record Running(Path programs, Path folder, int port) implements ExtensionContext.Store.CloseableResource {

        static Running start(Path programs) {
            try {
                Path folder = Files.createTempDirectory("camel-gemini-image-postgres");
                if (isRoot()) {
                    run(List.of("chown", USER, folder.toString()), Path.of("."));
                }
                Running running = new Running(programs, folder, freePort());
                running.run("initdb", "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
                String options =
                        "-p " + running.port() + " -c listen_addresses=127.0.0.1 -c unix_socket_directories= -F";
                running.run(
                        "pg_ctl",
                        "-w",
                        "-t",
                        "120",
                        "-l",
                        folder.resolve("server.log").toString(),
                        "-o",
                        options,
                        "start");
                return running;
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException("PostgreSQL does not start", e);
            }
        }

        String url(String database) {
            return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=" + USER;
        }

        private void run(String program, String... arguments) throws IOException, InterruptedException {
            List<String> command = new ArrayList<>();
            if (isRoot()) {
                command.addAll(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--init-groups"));
            }
            command.addAll(List.of(
                    programs.resolve(program).toString(),
                    "-D",
                    folder.resolve("data").toString()));
            command.addAll(List.of(arguments));
            run(command, folder);
        }

        private static void run(List<String> command, Path folder) throws IOException, InterruptedException {
            Path output = Files.createTempFile("camel-gemini-image-postgres", ".txt");
            try {
                // A file and no pipe, which the server would keep open.
                int exit = new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start()
                        .waitFor();
                if (exit != 0) {
                    throw new IOException(String.join(" ", command) + ":\n" + Files.readString(output));
                }
            } finally {
                Files.delete(output);
            }
        }

        private static boolean isRoot() {
            return "root".equals(System.getProperty("user.name"));
        }

        private static int freePort() throws IOException {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
                return socket.getLocalPort();
            }
        }

        @Override
        public void close() throws IOException, InterruptedException {
            run("pg_ctl", "-w", "-m", "immediate", "stop");
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
